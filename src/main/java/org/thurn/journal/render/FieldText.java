package org.thurn.journal.render;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.thurn.name.ReversePath;

/** A field's value as one text. */
final class FieldText {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  /** The last one that was written: entries come many to a second. */
  private static volatile Second latest = Second.of(0);

  /** A second and its text, up to the point. */
  private record Second(long epoch, String text) {
    static Second of(long epoch) {
      return new Second(epoch, SECOND.format(Instant.ofEpochSecond(epoch)));
    }
  }

  private FieldText() {}

  /** {@code 2026-03-01T12:00:00.000Z}: milliseconds always, so that times sort as text. */
  static String time(Instant instant) {
    Second second = latest;
    if (second.epoch != instant.getEpochSecond()) {
      second = Second.of(instant.getEpochSecond());
      latest = second;
    }
    int thousandAndMillis = 1_000 + instant.getNano() / 1_000_000;
    return second.text + Integer.toString(thousandAndMillis).substring(1) + 'Z';
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
