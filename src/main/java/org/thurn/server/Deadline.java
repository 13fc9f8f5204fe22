package org.thurn.server;

import java.time.Duration;
import org.thurn.time.Time;

/**
 * Ends what the current thread waits for when its time is over: a virtual thread that is
 * interrupted while it reads from a connection loses the connection.
 */
final class Deadline implements AutoCloseable {
  private final Thread waiting = Thread.currentThread();
  private final Thread guard;
  private boolean over;

  Deadline(Duration left, Time time) {
    guard = Thread.ofVirtual().name("deadline").start(() -> watch(left, time));
  }

  private void watch(Duration left, Time time) {
    try {
      time.pause(left);
    } catch (InterruptedException e) {
      return; // it was in time
    }
    end();
  }

  private synchronized void end() {
    if (!over) {
      waiting.interrupt();
    }
  }

  /** From now on nothing is ended. */
  @Override
  public synchronized void close() {
    over = true;
    guard.interrupt();
  }
}
