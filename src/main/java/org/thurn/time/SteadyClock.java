package org.thurn.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The wall clock as far as it is believed by who throws things away for their age. A jump ahead of
 * the monotonic clock counts only when it has stood for a day: until then somebody may find that
 * the clock is wrong, and what a month's jump would have purged is still there. A clock that goes
 * back is followed at once, since nothing is purged for that.
 */
public final class SteadyClock {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final Duration BELIEVED_AFTER = Duration.ofDays(1);

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant wall;
  private long ticks;
  private long steadyAt;

  /** Believes what the clock says at first. */
  public SteadyClock(Time time) {
    this.time = time;
    wall = time.now();
    ticks = time.ticks();
    steadyAt = ticks;
  }

  /**
   * Now, or less while a jump ahead is not believed. Drift is followed if it is asked every hour.
   */
  public Instant now() {
    lock.lock();
    try {
      Instant now = time.now();
      long nanos = time.ticks();
      Instant expected = wall.plusNanos(nanos - ticks);
      boolean steady = !now.isAfter(expected.plus(TOLERANCE));
      if (steady) {
        steadyAt = nanos;
      }
      boolean believed = steady || nanos - steadyAt > BELIEVED_AFTER.toNanos();
      wall = believed ? now : expected;
      ticks = nanos;
      return wall;
    } finally {
      lock.unlock();
    }
  }
}
