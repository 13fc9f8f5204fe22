package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.time.Time;

/**
 * Holds the wall clock against the monotonic one. What expires must have been tried since the wall
 * clock was last known to be steady: a clock that jumps ahead by a week, or a server that was down
 * for one, must not turn the whole queue into bounces.
 */
final class ClockWatch {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final Time time;
  private final Journey journey;
  private Instant wall;
  private long ticks;
  private volatile Instant steadySince;

  ClockWatch(Time time, Journey journey) {
    this.time = time;
    this.journey = journey;
    wall = time.now();
    ticks = time.ticks();
    steadySince = wall;
  }

  /** Compares the clocks since the last look; only the scheduler calls it. */
  void look() {
    Instant now = time.now();
    long nanos = time.ticks();
    Duration jump = Duration.between(wall.plusNanos(nanos - ticks), now);
    wall = now;
    ticks = nanos;
    if (jump.abs().compareTo(TOLERANCE) > 0) {
      steadySince = now;
      journey.note(new Event.ClockJumped(jump));
    }
  }

  /** What was last tried before this moment may not expire before it is tried again. */
  Instant steadySince() {
    return steadySince;
  }
}
