package org.thurn.transfer.signing;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** A clock that stands until a test moves it. */
final class JumpingTime implements Time {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

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
    jump(duration);
  }

  void jump(Duration by) {
    now = now.plus(by);
  }
}
