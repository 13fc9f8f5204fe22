package org.thurn.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting. */
final class Pause {
  private Pause() {}

  /** A condition that may fail to be looked at. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void millis(long millis) {
    nanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  static void nanos(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Looks every so many milliseconds until it holds.
   *
   * @throws IllegalStateException after two minutes
   */
  static void until(String what, long everyMillis, Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain: " + what);
      }
      millis(everyMillis);
    }
  }
}
