package org.thurn.time;

import java.time.Duration;
import java.time.Instant;

/** Days of UTC, counted since 1970: what is counted and reported by the day is kept by these. */
public final class UtcDay {
  private UtcDay() {}

  /** The day that an instant is in. */
  public static long of(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), Duration.ofDays(1).toSeconds());
  }
}
