package org.thurn.message;

import java.time.OffsetDateTime;
import java.util.Optional;

/** {@code date-time} of RFC 5322 §3.3, with the obsolete zones and two-digit years of §4.3. */
public final class DateTime {
  private DateTime() {}

  /** Parses a Date field's value; empty if it is not a date. */
  public static Optional<OffsetDateTime> parse(String text) {
    throw new UnsupportedOperationException(text);
  }

  /** The form that we write: {@code Tue, 24 Nov 2026 06:40:00 +0000}. */
  public static String format(OffsetDateTime time) {
    throw new UnsupportedOperationException(time.toString());
  }
}
