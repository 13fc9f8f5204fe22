package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.name.Domain;

@Timeout(20)
class DestinationLimitsTest {
  private static final Domain SOFT = Domain.of("soft.example");

  @Test
  void aFullDestinationTurnsAwayAndAnotherDoesNot() throws InterruptedException {
    DestinationLimits limits = new DestinationLimits(1);
    assertThat(limits.acquire(SOFT, 0)).isTrue();
    assertThat(limits.acquire(SOFT, 0)).isFalse();
    assertThat(limits.acquire(Domain.of("list.example"), 0)).isTrue();
    limits.release(SOFT);
    assertThat(limits.acquire(SOFT, 0)).isTrue();
  }

  @Test
  void neverMoreThanAllowedAndNothingIsKept() throws InterruptedException {
    DestinationLimits limits = new DestinationLimits(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  if (limits.acquire(SOFT, 10)) {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.yield();
                    now.decrementAndGet();
                    limits.release(SOFT);
                    done.countDown();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    done.await();
    assertThat(most.get()).isBetween(1, 3);
    assertThat(limits.size()).isZero();
  }
}
