package org.thurn.campaign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What a power cut leaves of a folder. Of each file: what was synced, then some of the rest, which
 * may be zeros or garbage. Of each folder: the entries that were synced, or, now and then, those of
 * the last moment, since a file system may have written them without being asked.
 *
 * <p>What was overwritten in place is left as it is: nothing in the store does so.
 */
final class Remains {
  private final Synced synced;
  private final Random random;
  private final boolean generous;
  private final Path root;
  private final Map<Long, Path> files = new HashMap<>();
  private final Map<Long, Path> folders = new HashMap<>();
  private final Map<Long, Path> built = new HashMap<>();

  /**
   * @param root as the kill left it
   * @param side second names of what lost its own
   */
  Remains(Synced synced, Path root, Path side, Random random) throws IOException {
    this.synced = synced;
    this.root = root;
    this.random = random;
    this.generous = random.nextInt(3) == 0;
    find(root);
    find(side);
  }

  private void find(Path folder) throws IOException {
    folders.put(Synced.inode(folder), folder);
    for (Map.Entry<String, Synced.Entry> entry : Synced.entries(folder).entrySet()) {
      Path path = folder.resolve(entry.getKey());
      if (entry.getValue().isFolder()) {
        find(path);
      } else {
        files.put(entry.getValue().inode(), path);
      }
    }
  }

  /** Makes it as a new folder. */
  void build(Path target) throws IOException {
    folder(Synced.inode(root), target);
  }

  private void folder(long inode, Path target) throws IOException {
    Path now = folders.get(inode);
    if (now == null) {
      throw new IOException("a folder was removed, which is not followed: " + target);
    }
    Files.createDirectory(target);
    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(now));
    boolean asItWas = generous && random.nextBoolean();
    Map<String, Synced.Entry> entries = asItWas ? Synced.entries(now) : synced.folder(inode);
    for (Map.Entry<String, Synced.Entry> entry : entries.entrySet()) {
      Path path = target.resolve(entry.getKey());
      if (entry.getValue().isFolder()) {
        folder(entry.getValue().inode(), path);
      } else {
        file(entry.getValue().inode(), path);
      }
    }
  }

  private void file(long inode, Path target) throws IOException {
    Path source = files.get(inode);
    Path twin = built.putIfAbsent(inode, target);
    if (twin != null) {
      Files.createLink(target, twin);
      return;
    }
    if (source == null) {
      return; // a socket, or what else has no content
    }
    long written = Files.size(source);
    long safe = Math.min(written, synced.length(inode));
    if (safe == written) {
      Files.createLink(target, source);
    } else {
      Files.copy(source, target);
      Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
      tear(target, safe, written);
    }
  }

  /** Cuts the tail off somewhere, and perhaps spoils what is left of it. */
  private void tear(Path file, long safe, long written) throws IOException {
    long end = random.nextInt(3) == 0 ? safe : safe + random.nextLong(written - safe + 1);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      int left = (int) Math.min(end - safe, 1 << 20);
      int kind = random.nextInt(3);
      if (left > 0 && kind > 0) {
        byte[] spoilt = new byte[random.nextInt(left) + 1];
        if (kind == 1) {
          random.nextBytes(spoilt);
        }
        channel.write(ByteBuffer.wrap(spoilt), end - spoilt.length);
      }
    }
  }
}
