package org.thurn.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened, to be closed the other way round. A part that cannot be closed well does not
 * keep the others open.
 */
public final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Adds a part that stands; it is closed before those added earlier. */
  public <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** Closes everything because the opening failed; what fails now too is told with it. */
  public void abandon(Exception failure) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Closes every part.
   *
   * @throws IOException if any failed; the failures are its suppressed ones
   */
  @Override
  public void close() throws IOException {
    IOException failed = new IOException("not everything could be closed well");
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed.addSuppressed(e);
      } catch (Exception e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }
}
