package org.thurn.tls.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report's JSON, RFC 8460 §4.4: written, read, and refused. */
class TlsReportTest {
  private static final FailureDetails EXPIRED =
      new FailureDetails(
          "certificate-expired",
          Optional.of("2001:db8::1"),
          Optional.of("mx1.receiver.example"),
          Optional.of("mx.receiver.example"),
          Optional.of("192.0.2.7"),
          2,
          Optional.of("https://sender.example/why"),
          Optional.of("expired \"yesterday\""));

  private static final FailureDetails BARE =
      new FailureDetails(
          "starttls-not-supported",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          Optional.empty(),
          Optional.empty());

  private static final TlsReport REPORT =
      new TlsReport(
          "Sender of mail",
          Instant.parse("2026-11-25T00:00:00Z"),
          Instant.parse("2026-11-25T23:59:59Z"),
          "postmaster@sender.example",
          "1764028800-receiver.example@mx.sender.example",
          List.of(
              new PolicyResult(
                  new ReportedPolicy(
                      PolicyType.STS,
                      List.of(
                          "version: STSv1",
                          "mode: testing",
                          "mx: *.receiver.example",
                          "max_age: 86400"),
                      "receiver.example",
                      List.of("*.receiver.example")),
                  5326,
                  3,
                  List.of(EXPIRED, BARE)),
              new PolicyResult(
                  new ReportedPolicy(
                      PolicyType.NO_POLICY_FOUND, List.of(), "receiver.example", List.of()),
                  0,
                  0,
                  List.of())));

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TlsReportTest.class.getResourceAsStream("/tlsrpt/report.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static TlsReport read(String json) throws TlsReportException {
    return TlsReportReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isWrittenAsTheGoldenFile() throws IOException {
    String written = new String(TlsReportWriter.write(REPORT), StandardCharsets.UTF_8);
    assertThat(written.strip()).isEqualToNormalizingNewlines(golden().strip());
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    byte[] packed = ReportGzip.pack(TlsReportWriter.write(REPORT));
    assertThat(TlsReportReader.read(ReportGzip.unpack(packed))).isEqualTo(REPORT);
    assertThat(read(golden())).isEqualTo(REPORT);
  }

  @Test
  void takesAHostThatIsOneTextAndMembersThatAreUnknown() throws IOException {
    String json =
        golden()
            .replace("[ \"*.receiver.example\" ]", "\"*.receiver.example\"")
            .replace("\"contact-info\"", "\"new\" : { \"a\" : [ 1 ] }, \"contact-info\"");
    assertThat(read(json)).isEqualTo(REPORT);
  }

  @Test
  void takesAnOffset() throws IOException {
    String json = golden().replace("00:00:00Z", "02:00:00+02:00");
    assertThat(read(json)).isEqualTo(REPORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"organization-name\"      | \"x\"       | it has no organization-name",
        "\"report-id\" : \"         | \"x\" : \"  | it has no report-id",
        "\"policy-domain\"          | \"x\"       | it has no policy-domain",
        "\"result-type\"            | \"x\"       | it has no result-type",
        "\"start-datetime\"         | \"x\"       | it has no start-datetime",
        "2026-11-25T23:59:59Z       | yesterday   | end-datetime is no date and time",
        "2026-11-25T23:59:59Z       | 2026-11-24T00:00:00Z | its time ends before it begins",
        "\"sts\"                    | \"stars\"   | a policy of an unknown type",
        "5326                       | -1          | total-successful-session-count is no count",
        "5326                       | 1.5         | total-successful-session-count is no count",
        "5326                       | 9999999999999999999 | total-successful-session-count is no count",
        "\"192.0.2.7\"              | 7           | receiving-ip is no text",
        "[ \"*.receiver.example\" ] | [ 1 ]       | mx-host has an element that is no text",
        "[ \"*.receiver.example\" ] | { }         | mx-host is no array",
      })
  void refusesWhatIsWrong(String from, String to, String why) throws IOException {
    String json = golden();
    assertThat(json).contains(from);
    assertThatThrownBy(() -> read(json.replace(from, to)))
        .isInstanceOf(TlsReportException.class)
        .hasMessage(why);
  }

  @Test
  void refusesWhatIsNoJsonOfOneValue() throws IOException {
    String json = golden();
    for (String wrong :
        List.of(
            "{",
            json + "{}",
            json.replace("\"report-id\"", "\"contact-info\""),
            "[".repeat(TlsReportReader.MAX_DEPTH + 1) + "]".repeat(TlsReportReader.MAX_DEPTH + 1),
            json.replace("Sender of mail", "x".repeat(TlsReportReader.MAX_TEXT + 1)),
            json.replace("5326", "9".repeat(1_000)))) {
      assertThatThrownBy(() -> read(wrong))
          .isInstanceOf(TlsReportException.class)
          .hasMessageStartingWith("it is no JSON that is read");
    }
    for (String nothing : List.of("", "[]", "null", "7")) {
      assertThatThrownBy(() -> read(nothing))
          .isInstanceOf(TlsReportException.class)
          .hasMessage("it has no start-datetime");
    }
  }

  @Test
  void countsPoliciesAndDetails() throws IOException {
    PolicyResult bare = REPORT.policies().getLast();
    List<FailureDetails> half = Collections.nCopies(TlsReportReader.MAX_DETAILS / 2, BARE);
    PolicyResult detailed = new PolicyResult(bare.policy(), 0, 1, half);
    assertThat(written(Collections.nCopies(TlsReportReader.MAX_POLICIES, bare)).policies())
        .hasSize(TlsReportReader.MAX_POLICIES);
    assertThatThrownBy(() -> written(Collections.nCopies(TlsReportReader.MAX_POLICIES + 1, bare)))
        .hasMessage("it has too many policies");
    assertThat(written(List.of(detailed, detailed)).policies()).hasSize(2);
    PolicyResult one = new PolicyResult(bare.policy(), 0, 1, List.of(BARE));
    assertThatThrownBy(() -> written(List.of(detailed, detailed, one)))
        .hasMessage("it has too many failure-details");
  }

  private static TlsReport written(List<PolicyResult> policies) throws TlsReportException {
    return TlsReportReader.read(
        TlsReportWriter.write(
            new TlsReport(
                REPORT.organization(),
                REPORT.start(),
                REPORT.end(),
                REPORT.contact(),
                REPORT.id(),
                policies)));
  }

  @Test
  @Timeout(20)
  void unpacksNoBomb() throws TlsReportException {
    byte[] most = ReportGzip.pack(new byte[ReportGzip.MAX_OCTETS]);
    assertThat(ReportGzip.unpack(most)).hasSize(ReportGzip.MAX_OCTETS);
    byte[] bomb = ReportGzip.pack(new byte[20 * ReportGzip.MAX_OCTETS]);
    assertThatThrownBy(() -> ReportGzip.unpack(bomb))
        .isInstanceOf(TlsReportException.class)
        .hasMessageContaining("larger than");
    assertThatThrownBy(() -> ReportGzip.unpack(new byte[] {0x1f, (byte) 0x8b, 1}))
        .isInstanceOf(TlsReportException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  @Timeout(20)
  void readsNoTreeOfMillions() {
    String json = "{\"x\":[" + "0,".repeat((ReportGzip.MAX_OCTETS - 20) / 2) + "0]}";
    assertThatThrownBy(() -> read(json)).isInstanceOf(TlsReportException.class);
  }
}
