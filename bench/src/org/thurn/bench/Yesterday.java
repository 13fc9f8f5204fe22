package org.thurn.bench;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** The machine's clocks, a day late: for mail that came long before the server that shows it. */
final class Yesterday implements Time {
  private final Time now = Time.system();

  @Override
  public Instant now() {
    return now.now().minus(Duration.ofDays(1));
  }

  @Override
  public long ticks() {
    return now.ticks();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    now.pause(duration);
  }
}
