package org.thurn.authentication.dmarc.report;

import java.time.Instant;
import java.util.List;

/**
 * Who reports and when: RFC 9990 §3.1.1.3.
 *
 * @param organization who reports
 * @param email whom to ask
 * @param contact where else; or empty
 * @param reportId unique among the reports to a domain
 * @param begin of the period, in whole seconds
 * @param end of it, the last second that belongs to it
 * @param errors that were met with the domain's record
 * @param generator the program; or empty
 */
public record ReportMetadata(
    String organization,
    String email,
    String contact,
    String reportId,
    Instant begin,
    Instant end,
    List<String> errors,
    String generator) {
  public ReportMetadata {
    errors = List.copyOf(errors);
  }
}
