package org.thurn.testing;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** A clock that stands until a test moves it; both of its readings move together. */
public final class StandingTime implements Time {
  private Instant now;

  public StandingTime(Instant begin) {
    now = begin;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long ticks() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public void pause(Duration duration) {
    move(duration);
  }

  public void move(Duration by) {
    now = now.plus(by);
  }
}
