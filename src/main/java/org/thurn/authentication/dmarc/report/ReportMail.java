package org.thurn.authentication.dmarc.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.message.Content;
import org.thurn.message.ContentType;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * The message that brings a report, RFC 9990 §3.5.2.
 *
 * @param receiver who reports: the mail receiver's domain
 * @param from the author; its domain must pass DMARC (the same section)
 * @param form which is written
 */
public record ReportMail(Domain receiver, Mailbox from, ReportForm form) {
  private static final ContentType GZIP = ContentType.of("application", "gzip");

  /** {@code Report Domain: … Submitter: … Report-ID: <…>}. */
  public String subject(AggregateReport report) {
    return "Report Domain: %s Submitter: %s Report-ID: <%s>"
        .formatted(domain(report), receiver.ascii(), plain(report.metadata().reportId()));
  }

  /** {@code receiver!policy-domain!begin!end!unique-id.xml.gz}; the same when it is sent again. */
  public String fileName(AggregateReport report) {
    ReportMetadata metadata = report.metadata();
    String unique = metadata.reportId().replaceAll("[^A-Za-z0-9]", "");
    return "%s!%s!%d!%d%s.xml.gz"
        .formatted(
            receiver.ascii(),
            domain(report),
            metadata.begin().getEpochSecond(),
            metadata.end().getEpochSecond(),
            unique.isEmpty() ? "" : "!" + unique);
  }

  private static String domain(AggregateReport report) {
    return DomainName.of(report.policy().domain()).text();
  }

  /** A report id is a {@code dot-atom-text} with perhaps one at sign (RFC 9990 §3.5.1). */
  private static String plain(String id) {
    return id.replaceAll("[^A-Za-z0-9.@!#$%&'*+/=?^_`{|}~-]", "-");
  }

  /** A report id of a domain and period: the same if the same is reported again. */
  public String reportId(String policyDomain, ReportSchedule.Period period, int number) {
    return "%d-%d-%s@%s"
        .formatted(period.begin().getEpochSecond(), number, policyDomain, receiver.ascii());
  }

  /**
   * The message.
   *
   * @param to the mailboxes that were verified
   * @param unique as {@link MessageBuilder} wants it
   */
  public byte[] message(
      AggregateReport report, List<Mailbox> to, Time time, Supplier<String> unique) {
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    try {
      AggregateReportWriter.write(report, form, xml);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    byte[] packed = ReportContainer.gzip(xml.toByteArray());
    String human =
        """
        This is a DMARC aggregate report for %s
        by %s, from %s to %s.
        It tells of %d messages.
        """
            .formatted(
                domain(report),
                receiver.ascii(),
                report.metadata().begin(),
                report.metadata().end(),
                report.messages());
    MessageBuilder builder =
        new MessageBuilder(time, receiver, unique)
            .from(from)
            .addresses(
                "To", to.stream().map(m -> org.thurn.message.Address.Single.of("", m)).toList())
            .subject(subject(report))
            .text("Auto-Submitted", "auto-generated")
            .content(
                new Content.Multi(
                    "mixed",
                    List.of(
                        Content.text(human),
                        new Content.Attachment(fileName(report), GZIP, packed))));
    return builder.build();
  }
}
