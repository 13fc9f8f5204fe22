package org.thurn.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Status;
import org.thurn.testing.Asked;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.PolicyType;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportWriter;
import org.thurn.transfer.tlsreports.TlsReportIntake;

/** TLS reports that are posted to the web listener. */
@Timeout(60)
class PostedReportsTest {
  private static final String GZIP = "application/tlsrpt+gzip";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private void start(boolean receive) throws Exception {
    server
        .configure(
            TestServer.listener("http", 0) + "[tls-reports]\nreceive-https = " + receive + "\n")
        .start();
    server.account(TestServer.ALICE);
  }

  private int port() {
    return server.server().listening().stream()
        .filter(listening -> listening.protocol().equals("http"))
        .map(Status.Listening::port)
        .findFirst()
        .orElseThrow();
  }

  private int post(String type, byte[] body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + PostedReports.PATH);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  /** What a report of so many octets is answered before it comes: the rest may break the pipe. */
  private String announced(int octets) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(head(octets).getBytes(UTF_8));
      return new String(socket.getInputStream().readNBytes(13), UTF_8);
    }
  }

  private static String head(int octets) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n{"
        .formatted(PostedReports.PATH, GZIP, octets);
  }

  private String shown(int exit, boolean json) throws IOException {
    return Asked.thurn(
        folder.resolve("state"),
        exit,
        "tls-reports-received",
        ControlClient.arguments().put("json", json));
  }

  private static byte[] json(String id, String domain) {
    Instant end = Instant.now().minus(Duration.ofHours(1));
    FailureDetails details =
        new FailureDetails(
            "sts-policy-fetch-error",
            Optional.empty(),
            Optional.of("mx.own.example"),
            Optional.empty(),
            Optional.empty(),
            2,
            Optional.empty(),
            Optional.empty());
    ReportedPolicy policy =
        new ReportedPolicy(PolicyType.STS, List.of(), domain, List.of("mx.own.example"));
    return TlsReportWriter.write(
        new TlsReport(
            "Sender of mail",
            end.minus(Duration.ofDays(1)),
            end,
            "admin@sender.example",
            id,
            List.of(new PolicyResult(policy, 3, 2, List.of(details)))));
  }

  private static byte[] packed(String id, String domain) {
    return ReportGzip.pack(json(id, domain));
  }

  @Test
  void areTakenAndShown() throws Exception {
    start(true);
    assertThat(post(GZIP, packed("1", "own.example"))).isEqualTo(201);
    assertThat(post(GZIP, packed("1", "own.example"))).isEqualTo(200);
    assertThat(post("Application/tlsrpt+json; charset=utf-8", json("2", "own.example")))
        .isEqualTo(201);
    assertThat(shown(0, false))
        .contains("2 reports: 6 sessions went well, 4 failed")
        .contains("2 of them came by HTTPS, where nobody proves who writes")
        .contains("MTA-STS (mx.own.example): 3 sessions went well, 2 failed")
        .contains("2 × sts-policy-fetch-error at mx.own.example: the MTA-STS policy could not be");
    assertThat(shown(0, true))
        .contains("\"signedBy\":\"\"", "\"failures\":2", "\"advice\":\"the MTA-STS policy");
  }

  @Test
  void areRefusedForWhatTheyAre() throws Exception {
    start(true);
    assertThat(post(GZIP, packed("1", "other.example"))).isEqualTo(400);
    assertThat(post(GZIP, "{}".getBytes(UTF_8))).isEqualTo(400);
    assertThat(post(GZIP, new byte[0])).isEqualTo(400);
    assertThat(post("application/json", packed("1", "own.example"))).isEqualTo(415);
    assertThat(post("", packed("1", "own.example"))).isEqualTo(415);
    assertThat(announced(TlsReportIntake.MAX_POSTED + 1)).startsWith("HTTP/1.1 413 ");
    assertThat(shown(1, false)).contains("nobody has reported on TLS");
  }

  /** Ten that fall silent keep out others that report, and nobody else, until they are left. */
  @Test
  void thoseThatComeSlowlyAreFew() throws Exception {
    start(true);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Socket socket = new Socket("127.0.0.1", port());
        slow.add(socket);
        socket.getOutputStream().write(head(99).getBytes(UTF_8));
      }
      TestServer.until(() -> post(GZIP, packed("1", "own.example")) == 503);
      assertThat(post("text/plain", new byte[9])).isEqualTo(415);
      for (Socket socket : slow) {
        socket.setSoTimeout(30_000);
        socket.getInputStream().readAllBytes();
      }
      assertThat(post(GZIP, packed("2", "own.example"))).isEqualTo(201);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private String records() throws IOException {
    return Asked.thurn(
        folder.resolve("state"),
        0,
        "domain-records",
        ControlClient.arguments().put("name", "own.example").put("domain", "own.example"));
  }

  /** The record by which they come by mail. */
  @Test
  void theRecordIsPrinted() throws Exception {
    String http = TestServer.listener("http", 0);
    server.configure(
        http + "[tls-reports]\nreceive-at = [\"tls@own.example\", '\"a,b!c\"@own.example']\n");
    server.start();
    server.account(TestServer.ALICE);
    assertThat(records())
        .isEqualTo(
            "_smtp._tls.own.example. 3600 IN TXT \"v=TLSRPTv1;"
                + " rua=mailto:tls@own.example,mailto:%22a%2Cb%21c%22@own.example\"\n");
    server.configure(
        http
            + "[mta-sts]\nmode = \"testing\"\n"
            + "[tls-reports]\nreceive-at = [\"tls@own.example\"]\n");
    assertThat(server.server().reload().words()).contains("read again");
    assertThat(records())
        .contains("_mta-sts.own.example. 3600 IN TXT", "rua=mailto:tls@own.example\"");
    server.configure(http);
    assertThat(server.server().reload().words()).contains("read again");
    assertThat(
            Asked.thurn(
                folder.resolve("state"),
                1,
                "domain-records",
                ControlClient.arguments().put("domain", "own.example")))
        .contains("there is nothing to announce");
  }

  @Test
  void areTakenOnlyWhereTheSettingsWantThem() throws Exception {
    start(false);
    assertThat(post(GZIP, packed("1", "own.example"))).isEqualTo(404);
    server.configure(TestServer.listener("http", 0) + "[tls-reports]\nreceive-https = true\n");
    assertThat(server.server().reload().words()).contains("read again");
    assertThat(post(GZIP, packed("1", "own.example"))).isEqualTo(201);
  }
}
