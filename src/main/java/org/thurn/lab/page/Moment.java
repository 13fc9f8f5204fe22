package org.thurn.lab.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the page writes them, all in UTC. */
final class Moment {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Moment() {}

  /** {@code 12:00:00}. */
  static String of(Instant instant) {
    return CLOCK.format(instant);
  }

  static String exact(Instant instant) {
    return EXACT.format(instant);
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** Seconds since {@code start}: {@code +0.012}. */
  static String since(Instant start, Instant instant) {
    return String.format(Locale.ROOT, "%+.3f", Duration.between(start, instant).toNanos() / 1e9);
  }

  /** {@code 840 µs}, {@code 12.4 ms}, {@code 3.1 s}. */
  static String took(Duration duration) {
    double micros = duration.toNanos() / 1e3;
    if (micros < 1_000) {
      return String.format(Locale.ROOT, "%.0f µs", micros);
    } else if (micros < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
  }
}
