package org.thurn.access.imap.grammar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code date} and {@code date-time} of RFC 9051 §9. */
public final class ImapDates {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final Pattern DATE = Pattern.compile("(\\d{1,2})-([A-Za-z]{3})-(\\d{4})");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          " ?(\\d{1,2}-[A-Za-z]{3}-\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d) ([+-])(\\d\\d)(\\d\\d)");

  private ImapDates() {}

  /** {@code date-text = date-day "-" date-month "-" date-year}. */
  public static Optional<LocalDate> date(String text) {
    Matcher parts = DATE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group(2).toLowerCase(Locale.ROOT);
    int month = MONTHS.toLowerCase(Locale.ROOT).indexOf(name);
    if (month < 0 || month % 3 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(number(parts, 3), month / 3 + 1, number(parts, 1)));
    } catch (DateTimeException e) {
      // 31-Feb and the like: no date
      return Optional.empty();
    }
  }

  /** {@code date-time}, without its quotes. */
  public static Optional<OffsetDateTime> dateTime(String text) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int sign = parts.group(5).equals("-") ? -1 : 1;
    try {
      ZoneOffset zone = ZoneOffset.ofHoursMinutes(sign * number(parts, 6), sign * number(parts, 7));
      int second = Math.min(number(parts, 4), 59); // a leap second is not a reason to refuse
      return date(parts.group(1))
          .map(day -> day.atTime(number(parts, 2), number(parts, 3), second).atOffset(zone))
          .filter(ImapDates::hasFourDigits);
    } catch (DateTimeException e) {
      // 25 o'clock and the like: no time
      return Optional.empty();
    }
  }

  /** Whether it can be told in UTC: a zone may lead out of the years that have four digits. */
  private static boolean hasFourDigits(OffsetDateTime time) {
    int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
    return year >= 0 && year <= 9999;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** The form that we write, in UTC: {@code 24-Nov-2026 06:40:00 +0000}. */
  public static String format(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    int month = (utc.getMonthValue() - 1) * 3;
    return two(utc.getDayOfMonth())
        + '-'
        + MONTHS.substring(month, month + 3)
        + '-'
        + String.format(Locale.ROOT, "%04d", utc.getYear())
        + ' '
        + two(utc.getHour())
        + ':'
        + two(utc.getMinute())
        + ':'
        + two(utc.getSecond())
        + " +0000";
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
