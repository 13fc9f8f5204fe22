package org.thurn.journal.render;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import org.thurn.name.ReversePath;

/** A field's value as one text. */
final class FieldText {
  /** Milliseconds always, so that times line up and sort as text. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private FieldText() {}

  /** {@code 2026-03-01T12:00:00.000Z}. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Seconds, to the microsecond. */
  static BigDecimal seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toNanos() / 1_000, 6).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds; // 30, not 3E+1
  }

  /** The null path as it stands on the wire, an absent value as {@code -}, a list with commas. */
  static String of(Object value) {
    return switch (value) {
      case Instant instant -> time(instant);
      case Duration duration -> seconds(duration).toPlainString();
      case ReversePath.Null _ -> "<>";
      case Optional<?> optional -> optional.isPresent() ? of(optional.get()) : "-";
      case List<?> list -> list(list);
      case Object other -> other.toString();
    };
  }

  private static String list(List<?> list) {
    StringBuilder text = new StringBuilder();
    for (Object item : list) {
      text.append(text.isEmpty() ? "" : ",").append(of(item));
    }
    return text.toString();
  }
}
