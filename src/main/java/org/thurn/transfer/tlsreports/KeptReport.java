package org.thurn.transfer.tlsreports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.thurn.authentication.dmarc.Words;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.TlsReport;

/** Makes what a stranger wrote small enough to be kept: short texts, and few of them. */
final class KeptReport {
  /** Policies of one domain in one report; a domain has as many as hosts and changes of a day. */
  static final int MAX_POLICIES = 100;

  /** Failure details of one report: enough to see what is the matter. */
  static final int MAX_DETAILS = 100;

  /** Lines of a policy, and its hosts. */
  static final int MAX_TEXTS = 50;

  private final List<PolicyResult> policies = new ArrayList<>();
  private int details;
  private int omitted;

  private KeptReport() {}

  /**
   * What is kept of a report.
   *
   * @param domain of ours
   * @param about the results of this domain's policies
   */
  static ReceivedTlsReport of(
      TlsReport report, String domain, List<PolicyResult> about, String reporter, Instant now) {
    KeptReport kept = new KeptReport();
    about.stream().limit(MAX_POLICIES).forEach(kept::add);
    return new ReceivedTlsReport(
        domain,
        now,
        reporter,
        new TlsReport(
            Words.of(report.organization()),
            report.start(),
            report.end(),
            Words.of(report.contact()),
            Words.of(report.id()),
            kept.policies),
        kept.omitted);
  }

  private void add(PolicyResult result) {
    ReportedPolicy policy = result.policy();
    List<FailureDetails> some =
        result.details().stream().limit(MAX_DETAILS - details).map(KeptReport::small).toList();
    details += some.size();
    omitted += result.details().size() - some.size();
    policies.add(
        new PolicyResult(
            new ReportedPolicy(
                policy.type(),
                words(policy.strings()),
                Words.of(policy.domain()),
                words(policy.mxHosts())),
            result.successes(),
            result.failures(),
            some));
  }

  private static List<String> words(List<String> texts) {
    return texts.stream().limit(MAX_TEXTS).map(Words::of).toList();
  }

  private static FailureDetails small(FailureDetails details) {
    return new FailureDetails(
        Words.of(details.resultType()),
        details.sendingAddress().map(Words::of),
        details.receivingHost().map(Words::of),
        details.receivingHelo().map(Words::of),
        details.receivingAddress().map(Words::of),
        details.failedSessions(),
        details.additionalInformation().map(Words::of),
        details.reasonCode().map(Words::of));
  }
}
