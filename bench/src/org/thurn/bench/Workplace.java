package org.thurn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The folder that everything happens in, and what must be ended when it is over: at the end, at a
 * failure, and at Ctrl-C too.
 */
final class Workplace implements AutoCloseable {
  private final Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private int count;
  private boolean over;

  /**
   * @param parent where the folder is made; every server's files lie on this disk
   */
  Workplace(Path parent) throws IOException {
    folder = Files.createTempDirectory(parent, "thurn-bench-");
    // other users' processes must get through
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
  }

  /** The kind of file system, such as ext4. */
  String disk() throws IOException {
    return Files.getFileStore(folder).type();
  }

  Path root() {
    return folder;
  }

  /** A new folder in it. */
  synchronized Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(++count + "-" + name));
  }

  /** Will end this part. */
  synchronized <T extends AutoCloseable> T keep(T part) throws Exception {
    if (over) {
      part.close();
      throw new IOException("it is over"); // Ctrl-C, while somebody goes on
    }
    opened.push(part);
    return part;
  }

  /** Closes a part before its time, and what its folder holds goes. */
  void end(AutoCloseable part, Path below) throws Exception {
    end(part);
    delete(below);
  }

  /** Closes a part before its time. */
  void end(AutoCloseable part) throws Exception {
    part.close(); // known until it is closed: Ctrl-C may come meanwhile, and then both close it
    synchronized (this) {
      opened.remove(part);
    }
  }

  private synchronized void end() {
    over = true;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.err.println("while ending: " + e);
      }
    }
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          /** Somebody else was faster. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    end(); // the hook stays, and will find nothing to do
  }
}
