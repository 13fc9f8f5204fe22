package org.thurn.transfer.tlsreports;

import java.util.function.Supplier;
import org.thurn.message.Content;
import org.thurn.message.ContentType;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportWriter;

/**
 * The message that brings a report, RFC 8460 §5.3.
 *
 * @param submitter who reports
 * @param from the author
 * @param domain which the report is about
 * @param number of this report among those about the domain's day
 */
record TlsReportMail(Domain submitter, Mailbox from, String domain, int number) {
  private static final ContentType GZIP = ContentType.of("application", "tlsrpt+gzip");

  /** {@code Report Domain: … Submitter: … Report-ID: <…>}. */
  String subject(TlsReport report) {
    return "Report Domain: %s Submitter: %s Report-ID: <%s>"
        .formatted(domain, submitter.ascii(), report.id());
  }

  /** {@code sender!policy-domain!begin!end!unique-id.json.gz}, §5.1. */
  String fileName(TlsReport report) {
    return "%s!%s!%d!%d!%d.json.gz"
        .formatted(
            submitter.ascii(),
            domain,
            report.start().getEpochSecond(),
            report.end().getEpochSecond(),
            number);
  }

  /**
   * The message. It asks to arrive even where TLS fails (RFC 8460 §3, RFC 8689 §5): a report that
   * is lost to the fault that it tells of would help nobody.
   *
   * @param unique as {@link MessageBuilder} wants it
   */
  byte[] message(TlsReport report, Mailbox to, Time time, Supplier<String> unique) {
    long successes = report.policies().stream().mapToLong(PolicyResult::successes).sum();
    long failures = report.policies().stream().mapToLong(PolicyResult::failures).sum();
    String human =
        """
        This is a report on TLS to the mail hosts of %s
        by %s, from %s to %s.
        It tells of %d sessions that went well, and %d that failed.
        """
            .formatted(
                domain, submitter.ascii(), report.start(), report.end(), successes, failures);
    return new MessageBuilder(time, submitter, unique)
        .from(from)
        .to(to)
        .subject(subject(report))
        .text("TLS-Report-Domain", domain)
        .text("TLS-Report-Submitter", submitter.ascii())
        .text("TLS-Required", "No")
        .text("Auto-Submitted", "auto-generated")
        .content(
            new Content.ReportFile(
                "tlsrpt",
                new Content.Text("plain", human),
                new Content.Attachment(
                    fileName(report), GZIP, ReportGzip.pack(TlsReportWriter.write(report)))))
        .build();
  }
}
