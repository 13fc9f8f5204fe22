package org.thurn.whole;

import java.time.Duration;
import java.time.Instant;
import org.thurn.time.Time;

/** The system's clocks, which a test may set forward; who waits then may have waited enough. */
final class ShiftedTime implements Time {
  private Duration shift = Duration.ZERO;

  synchronized void forward(Duration more) {
    shift = shift.plus(more);
    notifyAll();
  }

  @Override
  public synchronized Instant now() {
    return Time.system().now().plus(shift);
  }

  @Override
  public synchronized long ticks() {
    return Time.system().ticks() + shift.toNanos();
  }

  @Override
  public synchronized void pause(Duration duration) throws InterruptedException {
    long end = ticks() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - ticks()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
