package org.thurn.transfer.tlsreports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyType;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.SessionResult;

/** TLS sessions, as the relay tells of them; and who hears of them. */
final class Sessions {
  private Sessions() {}

  /** Those of a server that receives at {@code tls@own.example}. */
  static TlsReportSettings receiving() {
    return new TlsReportSettings(
        Domain.of("mx.own.example"),
        true,
        "x",
        Mailbox.of("x@own.example"),
        "x",
        List.of(Mailbox.of("tls@own.example")),
        true,
        TlsReportSettings.Posting.USUAL);
  }

  /** All of them. */
  static List<ReceivedTlsReport> read(
      ReceivedTlsReports reports, Optional<String> domain, Instant since) {
    List<ReceivedTlsReport> all = new ArrayList<>();
    try {
      reports.read(domain, since, all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static ReportedPolicy policy(String domain) {
    return new ReportedPolicy(
        PolicyType.STS,
        List.of("version: STSv1", "mode: enforce", "mx: mx." + domain, "max_age: 86400"),
        domain,
        List.of("mx." + domain));
  }

  static SessionResult success(String domain) {
    return new SessionResult(policy(domain), Optional.empty());
  }

  static SessionResult failure(String domain, String reason) {
    return new SessionResult(policy(domain), Optional.of(details(domain, reason)));
  }

  static FailureDetails details(String domain, String reason) {
    return new FailureDetails(
        "certificate-expired",
        Optional.of("192.0.2.1"),
        Optional.of("mx." + domain),
        Optional.of("helo." + domain),
        Optional.of("192.0.2.2"),
        1,
        Optional.empty(),
        Optional.of(reason));
  }
}
