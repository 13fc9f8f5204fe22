package org.thurn.authentication.dmarc.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

/**
 * When reports are due: when a period has ended, and then spread, so that neither we nor those who
 * receive for many domains have them all at once. It is the same for a domain every time, and
 * another at another host.
 *
 * @param host who reports
 * @param period of one report, counted from 1970 on; RFC 9990 §3.1.1.4 has a day of UTC
 * @param spread over which the reports of one period are sent; not longer than the period
 */
public record ReportSchedule(String host, Duration period, Duration spread) {
  public static final Duration PERIOD = Duration.ofDays(1);
  public static final Duration SPREAD = Duration.ofHours(1);

  /** What a report tells of. The end is the last second that belongs to it. */
  public record Period(Instant begin, Instant end) {}

  public ReportSchedule {
    boolean whole =
        period.equals(Duration.ofSeconds(period.toSeconds()))
            && spread.equals(Duration.ofSeconds(spread.toSeconds()));
    boolean fits = period.isPositive() && !spread.isNegative() && spread.compareTo(period) <= 0;
    if (!whole || !fits) {
      throw new IllegalArgumentException("a period or its spread is not possible");
    }
  }

  /** A report a day, within the first hour of the next. */
  public static ReportSchedule daily(String host) {
    return new ReportSchedule(host, PERIOD, SPREAD);
  }

  /** The period that holds the instant. */
  public Period periodOf(Instant instant) {
    long length = period.toSeconds();
    long begin = Math.floorDiv(instant.getEpochSecond(), length) * length;
    return new Period(Instant.ofEpochSecond(begin), Instant.ofEpochSecond(begin + length - 1));
  }

  /** The first instant after {@code now} at which a report about the domain is due. */
  public Instant next(String domain, Instant now) {
    Instant due = periodOf(now).begin().plus(offset(domain));
    return due.isAfter(now) ? due : due.plus(period);
  }

  /** What a report that is due at the instant tells of: the period before. */
  public Period due(Instant instant) {
    return periodOf(periodOf(instant).begin().minusSeconds(1));
  }

  private Duration offset(String domain) {
    long seconds = spread.toSeconds();
    if (seconds == 0) {
      return Duration.ZERO;
    }
    try {
      byte[] text = (host + "\n" + domain).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return Duration.ofSeconds(Math.floorMod(ByteBuffer.wrap(digest).getLong(), seconds));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
