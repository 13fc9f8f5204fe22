package org.thurn.testing;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** The system's clocks; pauses are skipped, since a test does not wait. */
public final class UnhurriedTime implements Time {
  @Override
  public Instant now() {
    return Time.system().now();
  }

  @Override
  public long ticks() {
    return Time.system().ticks();
  }

  @Override
  public void pause(Duration duration) {
    // a test does not wait
  }
}
