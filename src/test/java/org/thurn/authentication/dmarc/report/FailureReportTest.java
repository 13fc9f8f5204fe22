package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.FakeDns;
import org.thurn.authentication.dmarc.Judging;
import org.thurn.message.Headers;
import org.thurn.message.MessageBuilder;
import org.thurn.message.MessageLimits;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

class FailureReportTest {
  private static final byte[] KEY = "a key of sixteen".getBytes(StandardCharsets.US_ASCII);
  private static final String HEADER =
      """
      Received: from a.example (a.example [192.0.2.2])
       by mx.example with ESMTP for <jane.doe@receiver.example>; Tue, 19 Jul 2022 07:57:44 +0200
      Return-Path: <bounce+jane.doe=receiver.example@forwarder.example>
      From: Boss <boss@consumer.example>
      To: Jane Doe <jane.doe@receiver.example>, "odd one"@receiver.example
      Subject: The private matter
      X-Unknown: jane.doe@receiver.example
      Message-ID: <1@consumer.example>
      Date: Tue, 19 Jul 2022 00:57:48 -0500

      """
          .replace("\n", "\r\n");

  private static Headers header() {
    return Headers.parse(HEADER.getBytes(StandardCharsets.US_ASCII), MessageLimits.DEFAULT);
  }

  private static FailureReport report() {
    return new FailureReport(
        "dmarc",
        "consumer.example",
        Set.of(Alignment.Method.DKIM, Alignment.Method.SPF),
        "mx.example; dmarc=fail header.from=consumer.example",
        "192.0.2.2",
        Optional.of(Instant.parse("2022-07-19T05:57:50Z")),
        "author@forwarder.example",
        List.of("jane.doe@receiver.example"),
        List.of(new FailureReport.Signature("consumer.example", "@consumer.example", "epsilon")),
        "txt : consumer.example : v=spf1 -all",
        "reject",
        3,
        "Thurn",
        Optional.of(header()));
  }

  private static byte[] message() {
    return new FailureReportWriter(ReportMailTest.RECEIVER, ReportMailTest.FROM, new Redaction(KEY))
        .message(
            report(), Mailbox.of("ruf@consumer.example"), Time.system(), MessageBuilder.random());
  }

  @Test
  void readAgain() throws ReportException {
    FailureReport read = FailureReportReader.read(message());
    assertThat(read.failure()).isEqualTo("dmarc");
    assertThat(read.reportedDomain()).isEqualTo("consumer.example");
    assertThat(read.notAligned()).isEqualTo(report().notAligned());
    assertThat(read.source()).isEqualTo("192.0.2.2");
    assertThat(read.arrival()).isEqualTo(report().arrival());
    assertThat(read.signatures()).isEqualTo(report().signatures());
    assertThat(read.spfRecord()).isEqualTo(report().spfRecord());
    assertThat(read.deliveryResult()).isEqualTo("reject");
    assertThat(read.incidents()).isEqualTo(3);
    assertThat(read.original().orElseThrow().first("Message-ID").orElseThrow().unfolded())
        .isEqualTo("<1@consumer.example>");
  }

  @Test
  void whatIsPrivateIsNotTold() {
    String text = new String(message(), StandardCharsets.US_ASCII);
    assertThat(text)
        .doesNotContainIgnoringCase("jane")
        .doesNotContain("private matter", "odd one", "X-Unknown", "bounce+", "author@")
        .contains("@receiver.example", "@forwarder.example", "Boss <boss@consumer.example>");
  }

  @Test
  void aPersonIsTheSameInEveryReport() {
    Redaction redaction = new Redaction(KEY);
    String one = redaction.text("for <jane.doe@receiver.example>");
    assertThat(one).isEqualTo(redaction.text("for <jane.doe@receiver.example>"));
    assertThat(one).matches("for <[A-Za-z0-9_-]{32}@receiver\\.example>");
    assertThat(redaction.text("for <john.doe@receiver.example>")).isNotEqualTo(one);
    byte[] other = "another sixteen!".getBytes(StandardCharsets.US_ASCII);
    assertThat(new Redaction(other).text("for <jane.doe@receiver.example>")).isNotEqualTo(one);
    assertThatThrownBy(() -> new Redaction(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** In the manner of RFC 9991's example: fields that we do not know, the whole message. */
  @Test
  void anotherReporters() throws ReportException {
    String message =
        """
        From: DMARC Filter <dmarc@gen.example>
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        Something failed.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: Auth-Failure
        Version: 1
        Auth-Failure: dmarc
        Identity-Alignment: dkim
        DKIM-Domain: consumer.example
        DKIM-Domain: other.example
        DKIM-Selector: epsilon
        Source-IP: 192.0.2.2
        Source-Port: 12345
        Incidents: many
        Reported-Domain: consumer.example

        --b
        Content-Type: message/rfc822

        From: a@consumer.example
        Subject: hello

        The body.
        --b--
        """
            .replace("\n", "\r\n");
    FailureReport read = FailureReportReader.read(message.getBytes(StandardCharsets.US_ASCII));
    assertThat(read.notAligned()).containsExactly(Alignment.Method.DKIM);
    assertThat(read.signatures())
        .containsExactly(
            new FailureReport.Signature("consumer.example", "", "epsilon"),
            new FailureReport.Signature("other.example", "", ""));
    assertThat(read.incidents()).isEqualTo(1);
    assertThat(read.arrival()).isEmpty();
    assertThat(read.original().orElseThrow().first("Subject").orElseThrow().unfolded())
        .isEqualTo("hello");
  }

  @Test
  void otherMessagesAreNone() {
    byte[] plain = "From: a@b.c\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> FailureReportReader.read(plain))
        .hasMessage("the message has no feedback report");
    byte[] abuse =
        "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> FailureReportReader.read(abuse))
        .hasMessage("the feedback report is not about a failed authentication");
  }

  @ParameterizedTest
  @CsvSource({
    "'', spf=fail:example.com, true",
    "'', spf=pass:example.com, false",
    "fo=1, spf=pass:example.com, true",
    "fo=d:s, spf=fail:example.com, false",
    "fo=0:d, spf=fail:example.com, true",
    "psd=y, spf=fail:example.com, false",
  })
  void whoWantsThem(String tags, String identifier, boolean wanted) {
    FakeDns dns =
        new FakeDns().record("example.com", "v=DMARC1; p=none; ruf=mailto:r@example.com; " + tags);
    var evaluation = Judging.evaluate(dns, "example.com", identifier).decisive().orElseThrow();
    assertThat(FailureReporting.ON.destinations(evaluation))
        .extracting(DmarcUri::text)
        .isEqualTo(wanted ? List.of("mailto:r@example.com") : List.of());
    assertThat(FailureReporting.OFF.destinations(evaluation)).isEmpty();
  }
}
