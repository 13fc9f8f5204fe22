package org.thurn.dns;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** A clock that moves when it is told to. */
final class ManualTime implements Time {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long ticks;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long ticks() {
    return ticks;
  }

  @Override
  public synchronized void pause(Duration duration) {
    now = now.plus(duration);
    ticks += duration.toNanos();
  }
}
