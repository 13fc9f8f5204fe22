package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.thurn.time.Time;

/** A clock that a test moves. A pause lasts until its thread is interrupted. */
final class ManualTime implements Time {
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private volatile long ticks;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long ticks() {
    return ticks;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one test thread moves it
  void advance(Duration by) {
    ticks += by.toNanos();
    now = now.plus(by);
  }

  /** The wall clock moves, the monotonic one does not. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void jump(Duration by) {
    now = now.plus(by);
  }
}
