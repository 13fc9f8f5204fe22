package org.thurn.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clocks that the program lives by, injected so that tests never wait: a wall clock that may
 * jump, a monotonic one that may not, and a pause.
 */
public interface Time {
  /** The wall clock: for dates that people and peers see, and for expiry. */
  Instant now();

  /** A monotonic reading in nanoseconds, meaningful only as a difference. */
  long ticks();

  /** Pauses the calling thread for {@code duration}. */
  void pause(Duration duration) throws InterruptedException;

  /** The machine's own clocks. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
