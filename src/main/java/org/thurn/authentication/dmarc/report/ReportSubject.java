package org.thurn.authentication.dmarc.report;

import java.util.List;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.DmarcUri;

/**
 * What one report is about: RFC 9990 §3.1.1 wants one domain and one policy in each.
 *
 * @param policy the record
 * @param destinations the URIs of its {@code rua}, as they stand
 * @param errors what is wrong with the record
 */
public record ReportSubject(
    PublishedPolicy policy, List<String> destinations, List<String> errors) {
  /** Mistakes of a record that a report tells; the owner finds the others when these are mended. */
  static final int MAX_ERRORS = 3;

  public ReportSubject {
    destinations = List.copyOf(destinations);
    errors = List.copyOf(errors);
  }

  /** Of a record that we found. */
  public static ReportSubject of(AppliedPolicy applied, DiscoveryMethod method) {
    List<String> uris = applied.record().aggregateReports().stream().map(DmarcUri::text).toList();
    List<String> errors = applied.record().mistakes().stream().limit(MAX_ERRORS).toList();
    return new ReportSubject(PublishedPolicy.of(applied, method), uris, errors);
  }
}
