package org.thurn.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration HOUR = Duration.ofHours(1);

  private Instant wall = Instant.parse("2026-03-01T12:00:00Z");
  private long ticks;
  private final SteadyClock clock =
      new SteadyClock(
          new Time() {
            @Override
            public Instant now() {
              return wall;
            }

            @Override
            public long ticks() {
              return ticks;
            }

            @Override
            public void pause(Duration duration) {
              pass(duration);
            }
          });

  private void pass(Duration time) {
    wall = wall.plus(time);
    ticks += time.toNanos();
  }

  @Test
  void followsAClockThatRunsAndDrifts() {
    for (int hour = 0; hour < 100; hour++) {
      pass(HOUR);
      wall = wall.plusSeconds(20);
      assertThat(clock.now()).isEqualTo(wall);
    }
  }

  @Test
  void aJumpAheadCountsWhenItHasStoodForADay() {
    pass(HOUR);
    Instant before = clock.now();
    wall = wall.plus(MONTH);
    for (int hour = 1; hour <= 24; hour++) {
      pass(HOUR);
      assertThat(clock.now()).isEqualTo(before.plus(HOUR.multipliedBy(hour)));
    }
    pass(HOUR);
    assertThat(clock.now()).isEqualTo(wall);
  }

  @Test
  void aJumpThatIsTakenBackLeavesNothing() {
    wall = wall.plus(MONTH);
    pass(HOUR);
    clock.now();
    wall = wall.minus(MONTH);
    pass(HOUR);
    assertThat(clock.now()).isEqualTo(wall);
    wall = wall.minus(MONTH);
    assertThat(clock.now()).isEqualTo(wall);
  }
}
