package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The program in a process of its own, by a main class that can end it at a crash point. */
final class ServerProcess implements AutoCloseable {
  private static final String UP = " is up after ";
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  /**
   * Starts it.
   *
   * @param output a file for what it says
   * @param environment added to this process's own
   */
  ServerProcess(List<String> command, Path output, Map<String, String> environment)
      throws IOException {
    this.output = output;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("ROCKSDB_MUSL_LIBC", "false"); // else it starts a shell to ask
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** The server ended, or said nothing for too long, before it listened. */
  static final class NotStartedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotStartedException(String said) {
      super("the server did not start: " + said);
    }
  }

  /** Waits until it listens, and returns what it says of where. */
  String awaitUp() throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      String said = said();
      if (said.contains(UP) && said.indexOf('\n', said.indexOf(UP)) > 0) {
        return said;
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new NotStartedException(said());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** Waits for it to end by its own hand; false if it does not. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether SIGKILL ended it. */
  boolean wasKilled() {
    return process.exitValue() == 128 + 9;
  }

  /** SIGTERM; waits for its end. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor(60, TimeUnit.SECONDS);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
