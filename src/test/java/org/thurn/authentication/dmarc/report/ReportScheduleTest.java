package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportScheduleTest {
  private static final ReportSchedule DAILY = ReportSchedule.daily("mx.example");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void withinTheFirstHourOfTheNextDay() {
    Set<Instant> due = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Instant next = DAILY.next("d" + i + ".example", NOON);
      assertThat(next).isBetween(MIDNIGHT, MIDNIGHT.plusSeconds(3_599));
      due.add(next);
    }
    assertThat(due).hasSizeGreaterThan(800); // of 3,600 seconds
  }

  @Test
  void theSameEveryDay() {
    Instant next = DAILY.next("a.example", NOON);
    assertThat(DAILY.next("a.example", next.minusSeconds(1))).isEqualTo(next);
    assertThat(DAILY.next("a.example", next)).isEqualTo(next.plus(Duration.ofDays(1)));
    assertThat(ReportSchedule.daily("other.example").next("a.example", NOON)).isNotEqualTo(next);
  }

  @Test
  void periods() {
    ReportSchedule.Period day = DAILY.periodOf(NOON);
    assertThat(day.begin()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(day.end()).isEqualTo("2026-03-01T23:59:59Z");
    assertThat(DAILY.due(DAILY.next("a.example", NOON))).isEqualTo(day);
    ReportSchedule hourly = new ReportSchedule("mx.example", Duration.ofHours(1), Duration.ZERO);
    assertThat(hourly.next("a.example", NOON)).isEqualTo(NOON.plusSeconds(3_600));
  }

  @Test
  void impossibleOnes() {
    assertThatThrownBy(
            () -> new ReportSchedule("mx.example", Duration.ofMinutes(1), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReportSchedule("mx.example", Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
