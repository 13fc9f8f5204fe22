package org.thurn.tls.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.time.Time;

/** Clocks that a test sets, both together unless it says otherwise. A pause does not end. */
final class SetTime implements Time {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong jumped = new AtomicLong();

  void pass(Duration duration) {
    passed.addAndGet(duration.toNanos());
  }

  /** Somebody sets the wall clock. */
  void jump(Duration duration) {
    jumped.addAndGet(duration.toNanos());
  }

  @Override
  public Instant now() {
    return BEGIN.plusNanos(passed.get()).plusNanos(jumped.get());
  }

  @Override
  public long ticks() {
    return passed.get();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
