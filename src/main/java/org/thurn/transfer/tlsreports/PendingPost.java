package org.thurn.transfer.tlsreports;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A report that waits to be posted.
 *
 * @param day that it is about, of UTC since 1970
 * @param domain that it is about
 * @param to where to
 * @param number of the report, where a day has several
 * @param attempts that failed
 * @param next when the next one is due
 */
public record PendingPost(long day, String domain, URI to, int number, int attempts, Instant next) {
  /** After the first attempt that failed; then doubled each time. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);

  /**
   * Attempts: the last one is twenty-one hours after the first, and another pause would end after
   * the twenty-four hours of RFC 8460 §5.5.
   */
  static final int MAX_ATTEMPTS = 9;

  /** The day that it is about. */
  public LocalDate date() {
    return LocalDate.ofEpochDay(day);
  }

  /** After another attempt that failed. */
  PendingPost later(Instant now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << attempts);
    return new PendingPost(day, domain, to, number, attempts + 1, now.plus(pause));
  }

  /** Whether one more attempt that fails is the last. */
  boolean isLast() {
    return attempts + 1 >= MAX_ATTEMPTS;
  }
}
