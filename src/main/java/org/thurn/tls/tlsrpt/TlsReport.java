package org.thurn.tls.tlsrpt;

import java.time.Instant;
import java.util.List;

/**
 * A report, RFC 8460 §4.4.
 *
 * @param organization who reports
 * @param start of the time that it tells of
 * @param end of it
 * @param contact a mail address, to ask
 * @param id unique at its sender
 */
public record TlsReport(
    String organization,
    Instant start,
    Instant end,
    String contact,
    String id,
    List<PolicyResult> policies) {
  public TlsReport {
    policies = List.copyOf(policies);
  }
}
