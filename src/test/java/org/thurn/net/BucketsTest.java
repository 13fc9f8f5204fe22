package org.thurn.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.thurn.time.Time;

class BucketsTest {
  private long ticks;
  private final Time time =
      new Time() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public long ticks() {
          return ticks;
        }

        @Override
        public void pause(Duration duration) {
          ticks += duration.toNanos();
        }
      };

  @Test
  void aBucketIsEmptiedAndFillsEvenly() {
    Buckets<String> buckets = new Buckets<>(4, Duration.ofMinutes(4), 10, time);
    for (int i = 0; i < 4; i++) {
      assertThat(buckets.take("a")).isTrue();
    }
    assertThat(buckets.take("a")).isFalse();
    assertThat(buckets.take("b")).isTrue();

    ticks += Duration.ofMinutes(1).toNanos();
    assertThat(buckets.take("a")).isTrue();
    assertThat(buckets.take("a")).isFalse();

    ticks += Duration.ofDays(1).toNanos();
    assertThat(buckets.left("a")).isEqualTo(4);
  }

  @Test
  void theLongestUntouchedAreForgotten() {
    Buckets<Integer> buckets = new Buckets<>(1, Duration.ofHours(1), 100, time);
    assertThat(buckets.take(-1)).isTrue();
    for (int i = 0; i < 99; i++) {
      assertThat(buckets.take(i)).isTrue();
    }
    assertThat(buckets.take(-1)).isFalse();
    for (int i = 1000; i < 1100; i++) {
      assertThat(buckets.take(i)).isTrue();
    }
    assertThat(buckets.take(-1)).isTrue();
  }
}
