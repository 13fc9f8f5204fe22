package org.thurn.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Octets free on a file system, asked for at most twenty times a second: every message wants to
 * know, and what comes meanwhile is less than any reserve.
 */
final class FreeSpace {
  private static final long VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final FileStore disk;
  private volatile Answer latest;

  private record Answer(long octets, long nanos) {}

  /**
   * @param directory on the file system
   * @throws IOException if there is no such directory
   */
  FreeSpace(Path directory) throws IOException {
    disk = Files.getFileStore(directory);
    latest = ask();
  }

  long octets() {
    Answer answer = latest;
    if (System.nanoTime() - answer.nanos >= VALID_NANOS) {
      try {
        answer = ask();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      latest = answer;
    }
    return answer.octets;
  }

  private Answer ask() throws IOException {
    return new Answer(disk.getUsableSpace(), System.nanoTime());
  }
}
