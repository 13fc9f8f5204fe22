package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of a folder would be there after a power cut: the length of each file and the entries of
 * each folder at their last sync, by inode.
 */
final class Synced {
  /** What a name stands for. */
  record Entry(long inode, boolean isFolder) {}

  private final Map<Long, Long> lengths = new HashMap<>();
  private final Map<Long, Map<String, Entry>> folders = new HashMap<>();

  /** Everything that is there is synced. */
  static Synced all(Path root) throws IOException {
    Synced synced = new Synced();
    synced.add(root);
    return synced;
  }

  private void add(Path folder) throws IOException {
    Map<String, Entry> entries = entries(folder);
    folders.put(inode(folder), entries);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      Path path = folder.resolve(entry.getKey());
      if (entry.getValue().isFolder()) {
        add(path);
      } else {
        lengths.put(entry.getValue().inode(), Files.size(path));
      }
    }
  }

  /** The entries of a folder: folders and files, nothing else. */
  static Map<String, Entry> entries(Path folder) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (isFolder || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          entries.put(path.getFileName().toString(), new Entry(inode(path), isFolder));
        }
      }
    }
    return entries;
  }

  static long inode(Path path) throws IOException {
    return (Long) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Takes in the shim's notes, in their order. The last may be torn: its sync had not returned.
   *
   * @throws IllegalStateException if a file was mapped, which is not followed
   */
  void replay(List<String> notes) {
    for (int i = 0; i < notes.size(); i++) {
      String[] words = notes.get(i).split(" ", 3);
      switch (words[0]) {
        case "F" -> lengths.put(Long.valueOf(words[1]), Long.valueOf(words[2]));
        case "T" -> lengths.merge(Long.valueOf(words[1]), Long.valueOf(words[2]), Math::min);
        case "D" -> {
          int count = Integer.parseInt(words[2]);
          if (i + count < notes.size()) {
            folders.put(Long.valueOf(words[1]), listing(notes.subList(i + 1, i + 1 + count)));
          }
          i += count;
        }
        default -> throw new IllegalStateException("not followed: " + notes.get(i));
      }
    }
  }

  private static Map<String, Entry> listing(List<String> lines) {
    Map<String, Entry> entries = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 3);
      entries.put(words[2], new Entry(Long.parseLong(words[1]), words[0].equals("d")));
    }
    return entries;
  }

  /** Octets of a file. */
  long length(long inode) {
    return lengths.getOrDefault(inode, 0L);
  }

  Map<String, Entry> folder(long inode) {
    return folders.getOrDefault(inode, Map.of());
  }
}
