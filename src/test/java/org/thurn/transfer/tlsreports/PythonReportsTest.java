package org.thurn.transfer.tlsreports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.Programs;
import org.thurn.testing.StandingTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Python reads the reports that we write, and we read what it writes: MIME, gzip and JSON. */
class PythonReportsTest {
  private static final Path SCRIPT = Path.of("src/test/resources/tlsrpt/tlsrpt.py");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DOMAIN = "receiver.example";

  @TempDir private Path folder;
  private Path python = SCRIPT;

  @BeforeEach
  void find() {
    python = Programs.require("python3");
  }

  private String ran(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python.toString(), SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Programs.Ran ran = Programs.run(LIMIT, input, command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    return ran.output().strip();
  }

  @Test
  void whatWeWriteIsRead() throws Exception {
    byte[] message;
    try (ReportingHouse house = new ReportingHouse(folder)) {
      house.dns.text("_smtp._tls." + DOMAIN, "v=TLSRPTv1; rua=mailto:tls@receiver.example");
      for (int i = 0; i < 5; i++) {
        house.reports.observer().counted(Sessions.success(DOMAIN));
      }
      house.reports.observer().counted(Sessions.failure(DOMAIN, "one"));
      house.reports.observer().counted(Sessions.failure(DOMAIN, "two"));
      house.reports.observer().counted(Sessions.failure(DOMAIN, "two"));
      house.nextDay();
      message = house.queued.getFirst().message().getBytes(StandardCharsets.US_ASCII);
    }
    JsonNode read =
        new JsonMapper().readTree(ran(Base64.getEncoder().encodeToString(message) + "\n"));
    String begin = "1795564800";
    String file = "mx.sender.example!receiver.example!" + begin + "!1795651199!0.json.gz";
    String id = begin + "-0-receiver.example@mx.sender.example";
    JsonNode expected =
        new JsonMapper()
            .readTree(
                """
                {"type": "multipart/report", "reportType": "tlsrpt",
                 "parts": ["text/plain", "application/tlsrpt+gzip"], "file": "%s",
                 "subject":
                   "Report Domain: receiver.example Submitter: mx.sender.example Report-ID: <%s>",
                 "domain": "receiver.example", "submitter": "mx.sender.example",
                 "required": "No", "defects": [], "seconds": 86399,
                 "organization": "Sender of mail", "id": "%s",
                 "policies": [{"type": "sts", "domain": "receiver.example",
                   "mx": ["mx.receiver.example"], "good": 5, "bad": 3,
                   "details": [["certificate-expired", 2], ["certificate-expired", 1]]}]}"""
                    .formatted(file, id, id));
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void whatItWritesWeRead() throws Exception {
    long end = ReportingHouse.BEGIN.getEpochSecond();
    String mail = ran("", "write", DOMAIN, String.valueOf(end - 86_400), String.valueOf(end));
    String signed =
        "Authentication-Results: mx.sender.example; dkim=pass header.d=sender.example\r\n"
            + new String(Base64.getDecoder().decode(mail), StandardCharsets.US_ASCII);
    ReceivedTlsReports reports = new ReceivedTlsReports(new MemoryStore());
    TlsReportIntake intake =
        new TlsReportIntake(
            domain -> domain.text().equals(DOMAIN),
            reports,
            new StandingTime(ReportingHouse.BEGIN));
    TlsReportReading reading =
        new TlsReportReading(
            () -> ReportingHouse.settings(true, TlsReportSettings.Posting.USUAL), intake);
    assertThat(reading.read(signed.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(new Event.TlsReportReceived("Somebody Else", DOMAIN, 12, 3));
    ReceivedTlsReport one = Sessions.read(reports, Optional.of(DOMAIN), Instant.EPOCH).getFirst();
    assertThat(one.reporter()).isEqualTo("sender.example");
    assertThat(one.report().policies().getFirst().details().getFirst().resultType())
        .isEqualTo("tlsa-invalid");
  }
}
