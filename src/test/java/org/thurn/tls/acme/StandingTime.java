package org.thurn.tls.acme;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** A clock that stands until a test moves it; it begins now, as certificates do. */
final class StandingTime implements Time {
  private Instant now = Instant.now();

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

  void move(Duration by) {
    now = now.plus(by);
  }
}
