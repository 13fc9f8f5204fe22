package org.thurn.transfer.tlsreports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.queue.Destination;
import org.thurn.testing.StandingTime;
import org.thurn.tls.policy.Wish;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.transfer.reports.Counting;
import org.thurn.transfer.reports.SentReport;

/** When and how reports go out by mail. */
class TlsReportsTest {
  private static final String DOMAIN = "receiver.example";
  private static final String NAME = "_smtp._tls." + DOMAIN;
  private static final Path GOLDEN = Path.of("src/test/resources/tlsrpt");

  @TempDir private Path folder;
  private ReportingHouse house;

  @BeforeEach
  void open() throws IOException {
    house = new ReportingHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void count() {
    house.reports.observer().counted(Sessions.success(DOMAIN));
    house.reports.observer().counted(Sessions.failure(DOMAIN, "since yesterday"));
  }

  private void wanted(String rua) {
    house.dns.text(NAME, "v=TLSRPTv1; rua=" + rua);
  }

  private SentReport sent() {
    assertThat(house.reports.sent(Optional.of(DOMAIN), 9)).hasSize(1);
    return house.reports.sent(Optional.of(DOMAIN), 9).getFirst();
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name), StandardCharsets.UTF_8);
  }

  @Test
  void aReportGoesByMailTheNextDay() {
    wanted("mailto:tls@receiver.example");
    count();
    assertThat(house.reports.counting(Optional.empty()))
        .containsExactly(new Counting(DOMAIN, LocalDate.parse("2026-11-25"), 2, 2, 0));
    house.reports.round();
    assertThat(house.queued).isEmpty();
    house.nextDay();
    assertThat(house.queued).hasSize(1);
    ReportingHouse.Queued mail = house.queued.getFirst();
    assertThat(mail.envelope().wish()).isEqualTo(Wish.NOT_REQUIRED);
    assertThat(mail.envelope().sender()).hasToString("postmaster@mx.sender.example");
    assertThat(mail.recipients().getFirst().destination())
        .isEqualTo(new Destination.Remote(Domain.of(DOMAIN)));
    assertThat(mail.message()).contains("TLS-Required: No\r\n", "TLS-Report-Domain: " + DOMAIN);
    assertThat(house.noted)
        .containsExactly(new Event.TlsReportSent(DOMAIN, "tls@receiver.example", 2));
    assertThat(sent().to()).containsExactly("tls@receiver.example");
    assertThat(sent().messages()).isEqualTo(2);
    house.nextDay();
    assertThat(house.queued).hasSize(1);
  }

  /** The message octet by octet, but for the compressed part, which is unpacked and compared. */
  @Test
  void theMessage() throws Exception {
    TlsReport report =
        new TlsReport(
            "Sender of mail",
            Instant.parse("2026-11-25T00:00:00Z"),
            Instant.parse("2026-11-25T23:59:59Z"),
            "admin@sender.example",
            "1795564800-0-receiver.example@mx.sender.example",
            List.of(
                new PolicyResult(
                    Sessions.policy(DOMAIN),
                    3,
                    1,
                    List.of(Sessions.details(DOMAIN, "since yesterday")))));
    TlsReportMail mail =
        new TlsReportMail(
            Domain.of("mx.sender.example"), Mailbox.of("postmaster@mx.sender.example"), DOMAIN, 0);
    String message =
        new String(
            mail.message(
                report,
                Mailbox.of("tls@receiver.example"),
                new StandingTime(ReportingHouse.BEGIN),
                () -> "unique"),
            StandardCharsets.US_ASCII);
    int begin = message.indexOf("H4sI");
    int end = message.indexOf("\r\n--", begin);
    byte[] packed = Base64.getMimeDecoder().decode(message.substring(begin, end));
    String json =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(json).isEqualToNormalizingNewlines(golden("report-sent.json").strip());
    assertThat(message.substring(0, begin) + "{base64}" + message.substring(end))
        .isEqualTo(golden("report-mail.txt").replace("\n", "\r\n"));
  }

  @Test
  void nobodyIsToldWhoDoesNotAsk() {
    count();
    house.nextDay();
    assertThat(house.queued).isEmpty();
    assertThat(sent().refused()).containsExactly("the domain asks for no TLS reports");
    assertThat(house.reports.counting(Optional.empty())).isEmpty();
  }

  @Test
  void norWhoseRecordIsWrong() {
    wanted("ftp://receiver.example");
    count();
    house.nextDay();
    assertThat(sent().refused().getFirst()).contains("no mailto or https URI");
  }

  @Test
  void theDnsIsAskedAgain() {
    wanted("mailto:tls@receiver.example");
    house.dns.silent(NAME);
    count();
    house.nextDay();
    assertThat(house.queued).isEmpty();
    assertThat(house.reports.counting(Optional.empty())).hasSize(1);
    house.dns.answering(NAME);
    house.time.move(Duration.ofMinutes(59));
    house.reports.round();
    assertThat(house.queued).isEmpty();
    house.time.move(Duration.ofMinutes(2));
    house.reports.round();
    assertThat(house.queued).hasSize(1);
  }

  @Test
  void butNotForEver() {
    house.dns.silent(NAME);
    count();
    house.nextDay();
    house.nextDay();
    assertThat(house.reports.sent(Optional.empty(), 9)).isEmpty();
    house.nextDay();
    assertThat(sent().refused().getFirst()).contains("the DNS does not tell");
  }

  /** What was counted before a crash lies under the same day still. */
  @Test
  void aRestartLosesNothingAndMoreOfADayIsAnotherReport() {
    wanted("mailto:tls@receiver.example");
    count();
    house.restart();
    house.nextDay();
    assertThat(house.queued.getFirst().message()).contains("-0-receiver.example@mx.sender.example");
    house.time.move(Duration.ofDays(-1));
    count();
    house.nextDay();
    assertThat(house.queued).hasSize(2);
    assertThat(house.queued.getLast().message()).contains("-1-receiver.example@mx.sender.example");
  }

  @Test
  void whoSendsNoneCountsNone() {
    house.settings = ReportingHouse.settings(false, TlsReportSettings.Posting.USUAL);
    count();
    assertThat(house.reports.counting(Optional.empty())).isEmpty();
  }

  /** Whoever has many domains may name one victim for all of them. */
  @Test
  void oneMailboxGetsOnlySoMany() {
    List<String> domains =
        Stream.iterate(0, i -> i + 1)
            .limit(TlsReportPost.MAX_TO_ONE + 5L)
            .map(i -> i + ".example")
            .toList();
    for (String domain : domains) {
      house.dns.text("_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:Victim@v.example");
      house.reports.observer().counted(Sessions.success(domain));
    }
    house.flush();
    house.time.move(Duration.ofHours(23));
    for (int minute = 0; minute < 4; minute++) {
      house.reports.round();
    }
    assertThat(house.queued).hasSize(TlsReportPost.MAX_TO_ONE);
    assertThat(house.reports.sent(Optional.empty(), 9_999))
        .filteredOn(sent -> !sent.refused().isEmpty())
        .hasSize(5)
        .allMatch(sent -> sent.refused().getFirst().endsWith("too many reports go there"));
  }
}
