package org.thurn.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The machine's own clocks. */
enum SystemTime implements Time {
  INSTANCE;

  private final Clock wall = Clock.systemUTC();

  @Override
  public Instant now() {
    return wall.instant();
  }

  @Override
  public long ticks() {
    return System.nanoTime();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration); // the one place that waits: all others are given a Time
  }
}
