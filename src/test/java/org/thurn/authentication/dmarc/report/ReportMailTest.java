package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.message.Content;
import org.thurn.message.ContentType;
import org.thurn.message.MessageBuilder;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimeTree;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

class ReportMailTest {
  static final Domain RECEIVER = Domain.of("mail.receiver.example");
  static final Mailbox FROM = Mailbox.of("dmarc@receiver.example");

  private static ReportMail mail(ReportForm form) {
    return new ReportMail(RECEIVER, FROM, form);
  }

  static byte[] message(ReportForm form) {
    AtomicInteger number = new AtomicInteger();
    return mail(form)
        .message(
            Samples.report(),
            List.of(Mailbox.of("a@example.com"), Mailbox.of("b@example.com")),
            Time.system(),
            () -> "u" + number.incrementAndGet());
  }

  @Test
  void itsNames() {
    ReportMail mail = mail(ReportForm.RFC_9990);
    assertThat(mail.subject(Samples.report()))
        .isEqualTo(
            "Report Domain: example.com Submitter: mail.receiver.example"
                + " Report-ID: <1700000000-0-example.com@receiver.example>");
    assertThat(mail.fileName(Samples.report()))
        .isEqualTo(
            "mail.receiver.example!example.com!1700006400!1700092799"
                + "!17000000000examplecomreceiverexample.xml.gz");
    ReportSchedule.Period period = ReportSchedule.daily("x").periodOf(Samples.metadata().begin());
    assertThat(mail.reportId("example.com", period, 2))
        .isEqualTo("1700006400-2-example.com@mail.receiver.example");
  }

  @ParameterizedTest
  @EnumSource
  void readAgain(ReportForm form) throws ReportException {
    byte[] message = message(form);
    MimeTree tree = MimeParser.parse(message, MessageLimits.DEFAULT);
    assertThat(tree.defects()).isEmpty();
    assertThat(tree.root().headers().first("Subject").orElseThrow().unfolded())
        .isEqualTo(mail(form).subject(Samples.report()));
    assertThat(tree.root().headers().first("To").orElseThrow().unfolded())
        .isEqualTo("a@example.com, b@example.com");
    assertThat(tree.root().children().get(1).contentType().is("application", "gzip")).isTrue();
    ReadReport read = ReceivedMail.aggregate(message);
    assertThat(read.form()).isEqualTo(form);
    assertThat(read.deviations()).isEmpty();
    assertThat(read.report().messages()).isEqualTo(Samples.report().messages());
  }

  /** Senders have many types for the same; the octets tell what it is. */
  @ParameterizedTest
  @CsvSource({
    "application/octet-stream, r.example!example.com!1!2.xml.gz",
    "application/octet-stream, r.example!example.com!1!2.ZIP",
    "application/x-zip-compressed, ''",
    "application/zip, report.zip",
    "text/xml, report.xml",
  })
  void whatItMayBeCalled(String type, String name) throws ReportException {
    byte[] xml = Samples.written(Samples.report(), ReportForm.RFC_7489);
    String[] types = type.split("/");
    byte[] message =
        new MessageBuilder(Time.system(), RECEIVER, MessageBuilder.random())
            .from(FROM)
            .content(
                new Content.Attachment(
                    name, ContentType.of(types[0], types[1]), ReportContainer.gzip(xml)))
            .build();
    assertThat(ReceivedMail.aggregate(message).report().records()).hasSize(2);
  }

  @Test
  void noReportInIt() {
    byte[] message = "From: a@b.c\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> ReceivedMail.aggregate(message))
        .hasMessage("the message has no report");
  }

  @Test
  void aReportIdBecomesNoHeader() {
    ReportMetadata metadata = Samples.metadata();
    ReportMetadata odd =
        new ReportMetadata(
            "R", "e", "", "a b>\r\nBcc: x", metadata.begin(), metadata.end(), List.of(), "");
    AggregateReport report = new AggregateReport(odd, Samples.POLICY, List.of());
    assertThat(mail(ReportForm.RFC_9990).subject(report)).endsWith("Report-ID: <a-b---Bcc--x>");
  }
}
