package org.thurn.transfer.tlsreports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.store.Finding;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StandingTime;
import org.thurn.testing.StoreChecks;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportReader;
import org.thurn.tls.tlsrpt.TlsReportWriter;

/** What becomes of reports that come, by mail or posted: ours, others', and whatever else. */
@Timeout(120)
class TlsReportIntakeTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Instant BEGIN = Instant.parse("2026-11-25T00:00:00Z");
  private static final String SIGNED =
      "Authentication-Results: mx.own.example; dkim=pass header.d=sender.example\r\n";

  @TempDir private Path folder;
  private final StandingTime time = new StandingTime(NOW);
  private RocksBudget budget;
  private RocksStore store;
  private ReceivedTlsReports reports;
  private TlsReportIntake intake;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, time);
    reports = new ReceivedTlsReports(store);
    intake = new TlsReportIntake(domain -> domain.text().endsWith("own.example"), reports, time);
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private static PolicyResult result(String domain, int details) {
    List<FailureDetails> failures = new ArrayList<>();
    for (int i = 0; i < details; i++) {
      failures.add(Sessions.details(domain, "reason " + i));
    }
    return new PolicyResult(Sessions.policy(domain), 10, details, failures);
  }

  private static TlsReport report(String id, PolicyResult... results) {
    return new TlsReport(
        "Sender of mail",
        BEGIN,
        BEGIN.plus(Duration.ofDays(1)).minusSeconds(1),
        "admin@sender.example",
        id,
        List.of(results));
  }

  private static byte[] packed(TlsReport report) {
    return ReportGzip.pack(TlsReportWriter.write(report));
  }

  private Event posted(TlsReport report) {
    return intake.posted(packed(report)).event();
  }

  private List<ReceivedTlsReport> kept() {
    return Sessions.read(reports, Optional.empty(), Instant.EPOCH);
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new ReceivedTlsCheck());
  }

  @Test
  void aReportIsKeptOnce() {
    TlsReport report = report("1", result("own.example", 2));
    assertThat(posted(report))
        .isEqualTo(new Event.TlsReportReceived("Sender of mail", "own.example", 10, 2));
    assertThat(posted(report)).isEqualTo(new Event.TlsReportRefused("it came before: 1"));
    assertThat(posted(report("2", result("own.example", 0))))
        .isInstanceOf(Event.TlsReportReceived.class);
    assertThat(kept()).hasSize(2);
    assertThat(kept())
        .anySatisfy(
            one -> {
              assertThat(one.report()).isEqualTo(report);
              assertThat(one.reporter()).isEmpty();
              assertThat(one.at()).isEqualTo(NOW);
            });
    assertThat(findings()).isEmpty();
  }

  @Test
  void eachOfOurDomainsHasItsOwn() {
    assertThat(
            posted(
                report(
                    "1",
                    result("own.example", 1),
                    result("other.example", 7),
                    result("Second.own.example", 2))))
        .isInstanceOf(Event.TlsReportReceived.class);
    assertThat(kept())
        .extracting(ReceivedTlsReport::domain)
        .containsExactlyInAnyOrder("own.example", "second.own.example");
    assertThat(Sessions.read(reports, Optional.of("own.example"), Instant.EPOCH)).hasSize(1);
    assertThat(Sessions.read(reports, Optional.of("own.example"), NOW)).isEmpty();
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatIsAboutOthersIsRefused() {
    assertThat(posted(report("1", result("other.example", 1))))
        .isEqualTo(new Event.TlsReportRefused("it is about other.example, not about us"));
    assertThat(posted(report("1")))
        .isEqualTo(new Event.TlsReportRefused("it is about nobody, not about us"));
    assertThat(kept()).isEmpty();
  }

  @Test
  void soIsWhatIsOldOrFromTheFuture() {
    time.move(Duration.ofDays(200));
    assertThat(posted(report("1", result("own.example", 1))))
        .isEqualTo(new Event.TlsReportRefused("its time is long ago or yet to come"));
    time.move(Duration.ofDays(-300));
    assertThat(posted(report("1", result("own.example", 1))))
        .isEqualTo(new Event.TlsReportRefused("its time is long ago or yet to come"));
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 64; i++) {
        gzip.write(blanks);
      }
    }
    return packed.toByteArray();
  }

  @Test
  void aBombIsRefused() throws Exception {
    assertThat(bomb().length).isLessThan(TlsReportIntake.MAX_POSTED);
    TlsReportIntake.Taken taken = intake.posted(bomb());
    assertThat(taken.kind()).isEqualTo(TlsReportIntake.Taken.Kind.REFUSED);
    assertThat(taken.event().toString()).contains("larger than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"policies\":[[[[[[[[[[[[[[[[[[["})
  void whatIsNoReportIsRefused(String json) {
    assertThat(intake.posted(json.getBytes(UTF_8)).kind())
        .isEqualTo(TlsReportIntake.Taken.Kind.REFUSED);
  }

  @Test
  void damagedGzipIsRefused() {
    byte[] cut = packed(report("1", result("own.example", 1)));
    cut = Arrays.copyOf(cut, cut.length - 20);
    assertThat(intake.posted(cut).event().toString()).contains("gzip");
  }

  /** Counts may be as large as a long holds, and their sum must not overflow. */
  @Test
  void countsOfAnySize() {
    PolicyResult huge =
        new PolicyResult(Sessions.policy("own.example"), Long.MAX_VALUE, Long.MAX_VALUE, List.of());
    assertThat(posted(report("1", huge, huge)))
        .isEqualTo(
            new Event.TlsReportReceived(
                "Sender of mail", "own.example", Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void whatIsKeptOfOneIsBounded() {
    PolicyResult[] results =
        Collections.nCopies(KeptReport.MAX_POLICIES + 5, result("own.example", 9))
            .toArray(PolicyResult[]::new);
    posted(report("1", results));
    ReceivedTlsReport one = kept().getFirst();
    assertThat(one.report().policies()).hasSize(KeptReport.MAX_POLICIES);
    assertThat(one.report().policies().stream().mapToInt(p -> p.details().size()).sum())
        .isEqualTo(KeptReport.MAX_DETAILS);
    assertThat(one.omitted()).isEqualTo(9 * KeptReport.MAX_POLICIES - KeptReport.MAX_DETAILS);
    assertThat(findings()).isEmpty();
  }

  @Test
  void textsOfStrangersAreMadeHarmless() throws Exception {
    String json =
        new String(TlsReportWriter.write(report("1", result("own.example", 1))), UTF_8)
            .replace("Sender of mail", "\\u001b[31mred\\u202e")
            .replace("reason 0", "y".repeat(5_000));
    intake.posted(json.getBytes(UTF_8));
    TlsReport report = kept().getFirst().report();
    assertThat(report.organization()).isEqualTo("\ufffd[31mred\ufffd");
    assertThat(report.policies().getFirst().details().getFirst().reasonCode().orElseThrow())
        .hasSizeLessThan(110);
    assertThat(TlsReportReader.read(TlsReportWriter.write(report))).isEqualTo(report);
  }

  @Test
  void onlySoManyArePostedADay() {
    for (int i = 0; i < TlsReportIntake.MAX_POSTED_A_DAY; i++) {
      intake.posted(new byte[0]);
    }
    TlsReportIntake.Taken taken = intake.posted(packed(report("1", result("own.example", 1))));
    assertThat(taken.kind()).isEqualTo(TlsReportIntake.Taken.Kind.NO_ROOM);
    assertThat(intake.take(packed(report("1", result("own.example", 1))), "x").kind())
        .isEqualTo(TlsReportIntake.Taken.Kind.STORED);
    time.move(Duration.ofDays(1));
    assertThat(posted(report("2", result("own.example", 1))))
        .isInstanceOf(Event.TlsReportReceived.class);
  }

  @Test
  void theyArePurged() {
    posted(report("1", result("own.example", 1)));
    reports.purge(NOW);
    assertThat(kept()).hasSize(1);
    reports.purge(NOW.plusSeconds(1));
    assertThat(kept()).isEmpty();
    assertThat(findings()).isEmpty();
    assertThat(posted(report("1", result("own.example", 1))))
        .isInstanceOf(Event.TlsReportReceived.class);
  }

  @Test
  void theCheckFindsDamage() {
    posted(report("1", result("own.example", 1)));
    ReceivedTlsReport one = kept().getFirst();
    StoreChecks.damage(
        store, ReceivedTlsReports.PARTITION, StoreChecks.without(ReceivedTlsReports.known(one)));
    assertThat(StoreChecks.brief(findings())).isNotEmpty();
  }

  private TlsReportReading reading() {
    return new TlsReportReading(Sessions::receiving, intake);
  }

  private Event mail(String header, String type, byte[] part) {
    String mail =
        header
            + "From: x@sender.example\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n"
            + "--b\r\n\r\nsome words\r\n--b\r\nContent-Type: "
            + type
            + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(part)
            + "\r\n--b--\r\n";
    return reading().read(mail.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "application/tlsrpt+gzip, true",
    "application/tlsrpt+json, false",
    "application/TLSRPT+GZIP, false",
    "application/octet-stream; name=\"a!b!1!2!c.json.gz\", true",
    "application/gzip; name=\"A!B!1!2!C.JSON.GZ\", true",
    "text/plain; name=\"a.json\", false",
  })
  void isFoundInItsMail(String type, boolean pack) {
    byte[] json = TlsReportWriter.write(report("1", result("own.example", 1)));
    assertThat(mail(SIGNED, type, pack ? ReportGzip.pack(json) : json))
        .isEqualTo(new Event.TlsReportReceived("Sender of mail", "own.example", 10, 1));
    assertThat(kept().getFirst().reporter()).isEqualTo("sender.example");
  }

  /** RFC 8460 §3: what nobody signed is passed over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Authentication-Results: mx.own.example; dkim=fail header.d=sender.example\r\n",
        "Authentication-Results: mx.own.example; spf=pass smtp.mailfrom=sender.example\r\n",
        "Authentication-Results: mx.else.example; dkim=pass header.d=sender.example\r\n",
      })
  void mustBeSigned(String header) {
    byte[] packed = packed(report("1", result("own.example", 1)));
    assertThat(mail(header, "application/tlsrpt+gzip", packed))
        .isEqualTo(new Event.TlsReportRefused("no valid signature says who sent it"));
    assertThat(kept()).isEmpty();
  }

  @Test
  void otherMailIsRefused() {
    assertThat(mail(SIGNED, "application/pdf", new byte[9]))
        .isEqualTo(new Event.TlsReportRefused("the message has no TLS report"));
    assertThat(reading().receivesAt(Mailbox.of("TLS@own.example"))).isTrue();
    assertThat(reading().receivesAt(Mailbox.of("tls@other.example"))).isFalse();
  }
}
