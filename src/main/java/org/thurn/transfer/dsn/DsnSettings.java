package org.thurn.transfer.dsn;

import java.time.Duration;
import org.thurn.name.Domain;

/**
 * How notifications are written.
 *
 * @param reportingMta this server's name, RFC 3464 §2.2.2
 * @param lifetime after which the queue gives a message up, told in Will-Retry-Until
 * @param maxReturned octets of a message that are returned in full; of a larger one the header only
 * @param delays whether the sender is told of a delay where NOTIFY is not given (RFC 3461 §4.1)
 */
public record DsnSettings(
    Domain reportingMta, Duration lifetime, long maxReturned, boolean delays) {
  /** Five days, 50 KiB, delays told. */
  public static DsnSettings of(Domain reportingMta) {
    return new DsnSettings(reportingMta, Duration.ofDays(5), 50 << 10, true);
  }
}
