package org.thurn.authentication.dmarc.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.thurn.message.Content;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * Writes failure reports as messages, RFC 9991 §4. Whatever is told has gone through the redaction.
 *
 * @param host who reports
 * @param from the author; its domain must pass DMARC, lest failing reports report each other
 */
public record FailureReportWriter(Domain host, Mailbox from, Redaction redaction) {
  /**
   * The message.
   *
   * @param unique as {@link MessageBuilder} wants it
   */
  public byte[] message(FailureReport report, Mailbox to, Time time, Supplier<String> unique) {
    String human =
        """
        This is an authentication failure report about a message
        that named %s as its author and came from %s.
        What is private in it is left out or replaced.
        """
            .formatted(line(report.reportedDomain()), line(report.source()));
    Content.Returned original =
        report
            .original()
            .<Content.Returned>map(h -> new Content.Returned.HeadersOnly(redaction.redacted(h)))
            .orElse(new Content.Returned.HeadersOnly(Headers.of(List.of())));
    return new MessageBuilder(time, host, unique)
        .from(from)
        .to(to)
        .subject("DMARC failure report for " + line(report.reportedDomain()))
        .text("Auto-Submitted", "auto-generated")
        .content(
            new Content.Report(
                "feedback-report",
                new Content.Text("plain", human),
                List.of(fields(report)),
                original))
        .build();
  }

  private List<HeaderField> fields(FailureReport report) {
    List<HeaderField> fields = new ArrayList<>();
    add(fields, "Feedback-Type", "auth-failure");
    add(fields, "Version", "1");
    add(fields, "User-Agent", report.userAgent());
    add(fields, "Auth-Failure", report.failure());
    add(fields, "Authentication-Results", redaction.text(report.authenticationResults()));
    String methods =
        report.notAligned().stream()
            .sorted()
            .map(m -> m.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(","));
    add(fields, "Identity-Alignment", methods.isEmpty() ? "none" : methods);
    add(fields, "Delivery-Result", report.deliveryResult());
    for (FailureReport.Signature signature : report.signatures()) {
      add(fields, "DKIM-Domain", signature.domain());
      add(fields, "DKIM-Identity", redaction.text(signature.identity()));
      add(fields, "DKIM-Selector", signature.selector());
    }
    add(fields, "SPF-DNS", report.spfRecord());
    add(fields, "Original-Mail-From", redaction.text(report.mailFrom()));
    report.recipients().forEach(r -> add(fields, "Original-Rcpt-To", redaction.text(r)));
    report.arrival().ifPresent(arrival -> add(fields, "Arrival-Date", date(arrival)));
    add(fields, "Source-IP", report.source());
    add(fields, "Reported-Domain", report.reportedDomain());
    if (report.incidents() > 1) {
      add(fields, "Incidents", String.valueOf(report.incidents()));
    }
    return fields;
  }

  private static String date(Instant instant) {
    return DateTime.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static void add(List<HeaderField> fields, String name, String value) {
    if (!value.isBlank()) {
      fields.add(HeaderField.of(name, line(value)));
    }
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
