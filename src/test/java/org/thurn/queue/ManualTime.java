package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.thurn.time.Time;

/** A clock that a test moves. A pause lasts until its thread is interrupted. */
final class ManualTime implements Time {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicLong ticks = new AtomicLong();

  @Override
  public Instant now() {
    return Objects.requireNonNull(now.get());
  }

  @Override
  public long ticks() {
    return ticks.get();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    new CountDownLatch(1).await();
  }

  void advance(Duration by) {
    ticks.addAndGet(by.toNanos());
    jump(by);
  }

  /** The wall clock moves, the monotonic one does not. */
  void jump(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }
}
