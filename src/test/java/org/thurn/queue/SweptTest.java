package org.thurn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweptTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final Swept swept = new Swept();

  @Test
  void beginsWhereTheFirstRowStandsOrAWhileAgo() {
    assertThat(swept.begin(NOON)).isEqualTo(Keys.kind('d'));
    byte[] old = Keys.dueFrom(NOON.minus(Duration.ofHours(1)));
    swept.found(Optional.of(old), NOON);
    assertThat(swept.begin(NOON.plusSeconds(1))).isEqualTo(old);

    swept.found(Optional.of(Keys.dueFrom(NOON)), NOON);
    byte[] behind = Keys.dueFrom(NOON.minus(Duration.ofMinutes(5)));
    assertThat(swept.begin(NOON.plusSeconds(2))).isEqualTo(behind);

    swept.found(Optional.empty(), NOON);
    assertThat(swept.begin(NOON.plusSeconds(3))).isEqualTo(behind);
  }

  @Test
  void beginsAnewAfterTenMinutesAndWhenTheClockWentBack() {
    swept.begin(NOON);
    swept.found(Optional.empty(), NOON);
    assertThat(swept.begin(NOON.plus(Duration.ofMinutes(10)))).isEqualTo(Keys.kind('d'));

    swept.found(Optional.empty(), NOON);
    assertThat(swept.begin(NOON)).isEqualTo(Keys.kind('d'));
  }

  @Test
  void beginsAnewAfterASmallStepBackToo() {
    swept.begin(NOON);
    Instant ahead = NOON.plus(Duration.ofMinutes(8));
    swept.begin(ahead);
    swept.found(Optional.empty(), ahead);
    assertThat(swept.begin(NOON.plusSeconds(1))).isEqualTo(Keys.kind('d'));
  }
}
