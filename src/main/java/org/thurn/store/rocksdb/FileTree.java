package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A directory with all that is in it, on its way to another place. */
public final class FileTree extends SimpleFileVisitor<Path> {
  private final Path from;
  private final Path to;
  private final Predicate<Path> wanted;
  private final boolean link;
  private final LongConsumer octets;

  private FileTree(Path from, Path to, Predicate<Path> wanted, boolean link, LongConsumer octets) {
    this.from = from;
    this.to = to;
    this.wanted = wanted;
    this.link = link;
    this.octets = octets;
  }

  /**
   * Makes links, or copies where the other place is another file system. When this returns all of
   * it is on the disk.
   *
   * @param from files that are never written again
   * @param to is made
   * @param octets hears of each file how many it has
   */
  static void link(Path from, Path to, LongConsumer octets) throws IOException {
    Files.walkFileTree(from, new FileTree(from, to, file -> true, true, octets));
  }

  /**
   * Copies files and symbolic links with their modes, and owners as far as that is allowed; no
   * sockets, pipes or devices. When this returns all of it is on the disk.
   *
   * @param to is made, or there already and empty
   * @param wanted the files and directories that are copied, as they lie in {@code from}
   */
  public static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    Files.walkFileTree(from, new FileTree(from, to, wanted, false, octets -> {}));
  }

  /** Removes it; a symbolic link goes, and what it leads to stays. */
  public static void remove(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Until what was made or renamed in a directory is on the disk. */
  public static void sync(Path directory) throws IOException {
    force(directory, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private Path target(Path file) {
    return to.resolve(from.relativize(file));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (!wanted.test(directory)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    Path target = target(directory);
    if (Files.notExists(target)) {
      Files.copy(directory, target, StandardCopyOption.COPY_ATTRIBUTES); // itself, without files
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean plain = attributes.isRegularFile() || attributes.isSymbolicLink();
    if (plain && wanted.test(file) && !(link && linked(file, target(file)))) {
      copied(file, target(file), attributes);
    }
    octets.accept(attributes.size());
    return FileVisitResult.CONTINUE;
  }

  private static boolean linked(Path file, Path target) {
    try {
      Files.createLink(target, file);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // another file system, or one without links: it is copied, or fails then
    }
  }

  private static void copied(Path file, Path target, BasicFileAttributes attributes)
      throws IOException {
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isRegularFile()) {
      force(target, StandardOpenOption.READ); // its mode may forbid to write it
    }
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    sync(target(directory));
    return FileVisitResult.CONTINUE;
  }
}
