package org.thurn.message;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code date-time} of RFC 5322 §3.3, with the obsolete zones and short years of §4.3. */
public final class DateTime {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** Hours from UTC of {@code obs-zone}; military letters and any other word mean -0000. */
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ROOT);

  private final FieldCursor cursor;

  private DateTime(String text) {
    this.cursor = new FieldCursor(text);
  }

  /** Parses a Date field's value; empty if it is not a date. */
  public static Optional<OffsetDateTime> parse(String text) {
    try {
      return new DateTime(text).dateTime();
    } catch (DateTimeException e) {
      // the 30th of February: an expected mistake of a stranger
      return Optional.empty();
    }
  }

  /** The form that we write: {@code Tue, 24 Nov 2026 06:40:00 +0000}. */
  public static String format(OffsetDateTime time) {
    return FORMAT.format(time);
  }

  /** {@code [ day-of-week "," ] date time [CFWS]}; the name of the day is not checked. */
  private Optional<OffsetDateTime> dateTime() {
    String word = word();
    if (!word.isEmpty() && !Character.isDigit(word.charAt(0))) {
      cursor.skipCfws();
      cursor.take(',');
      word = word();
    }
    int day = number(word, 2);
    int month = month(word());
    String writtenYear = word();
    int year = year(number(writtenYear, 4), writtenYear.length());
    int hour = number(word(), 2);
    cursor.skipCfws();
    int minute = cursor.take(':') ? number(word(), 2) : -1;
    cursor.skipCfws();
    int second = cursor.take(':') ? number(word(), 2) : 0;
    if (day < 0 || month < 1 || year < 0 || hour < 0 || minute < 0 || second < 0) {
      return Optional.empty();
    }
    // a leap second is shown as the one before it: java.time has none
    LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59));
    return second > 60 ? Optional.empty() : Optional.of(local.atOffset(zone(word())));
  }

  /** Letters, digits and signs, after CFWS. */
  private String word() {
    cursor.skipCfws();
    int start = cursor.position();
    while (!cursor.atEnd() && isWord(cursor.peek())) {
      cursor.next();
    }
    return cursor.since(start);
  }

  private static boolean isWord(char c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '+' || c == '-';
  }

  private static int number(String digits, int max) {
    if (digits.isEmpty() || digits.length() > max) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private static int month(String name) {
    if (name.length() < 3) {
      return -1;
    }
    int at = MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
    return at < 0 || at % 3 != 0 ? -1 : at / 3 + 1;
  }

  /** RFC 5322 §4.3: two digits to 49 are of this century, other two and all three of the last. */
  private static int year(int value, int digits) {
    if (value < 0 || digits < 2) {
      return -1;
    }
    return switch (digits) {
      case 2 -> value < 50 ? 2000 + value : 1900 + value;
      case 3 -> 1900 + value;
      default -> value;
    };
  }

  private static ZoneOffset zone(String word) {
    boolean numeric = word.length() == 5 && (word.charAt(0) == '+' || word.charAt(0) == '-');
    int value = numeric ? number(word.substring(1), 4) : -1;
    if (value < 0) {
      return ZoneOffset.ofHours(ZONES.getOrDefault(word.toUpperCase(Locale.ROOT), 0));
    }
    int minutes = value / 100 * 60 + value % 100;
    if (value % 100 > 59 || minutes > 18 * 60) {
      return ZoneOffset.UTC; // no such place: RFC 5322 §3.3 allows up to 99 hours, the platform 18
    }
    return ZoneOffset.ofTotalSeconds((word.charAt(0) == '-' ? -60 : 60) * minutes);
  }
}
