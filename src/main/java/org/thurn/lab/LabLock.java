package org.thurn.lab;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a second lab away from a state directory, whose {@code lab.json} it would remove. */
final class LabLock implements AutoCloseable {
  private final FileChannel channel;

  private LabLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock; the system gives it back when the process ends, however it ends.
   *
   * @throws BindException if another lab has it
   */
  static LabLock take(Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel).isEmpty()) {
      channel.close();
      throw new BindException("another lab runs with the state " + state);
    }
    return new LabLock(channel);
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // a lab of this very process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
