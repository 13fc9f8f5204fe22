package org.thurn.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.admin.Status;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Connector;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.PolicySource.Fetched;
import org.thurn.tls.mtasts.StsNotes;

/** The policy of MTA-STS that a server serves for its domains, over its own TLS. */
@Timeout(60)
class OwnPolicyTest {
  private static final String HOST = "mta-sts.own.example";
  private static final TestCertificates CA = new TestCertificates();

  @TempDir private Path folder;
  private TestServer server;
  private Path ca = Path.of("ca.pem");

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
    CA.issue("mx.own.example", HOST, "mta-sts.other.example").writeTo(folder);
    ca = CA.writeAuthority(folder.resolve("ca.pem"));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private static String settings(String sts) {
    return TestServer.listener("https", 0)
        + TestServer.listener("http", 0)
        + "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\nca = \"ca.pem\"\n"
        + sts;
  }

  private void start(String sts) throws Exception {
    server.configure(settings(sts)).start();
    server.account(TestServer.ALICE);
  }

  private int port(String tls) {
    return server.server().listening().stream()
        .filter(listening -> listening.protocol().equals("http") && listening.tls().equals(tls))
        .map(Status.Listening::port)
        .findFirst()
        .orElseThrow();
  }

  private static final class Unheard implements StsNotes {
    @Override
    public void asked(Answer answer) {
      assertThat(answer.name().text()).startsWith("mta-sts.");
    }

    @Override
    public void happened(Event event) {
      throw new AssertionError(event);
    }
  }

  private Fetched fetch(String domain) throws IOException {
    Inet4Address here = (Inet4Address) IpAddress.of("127.0.0.1");
    Resolver dns =
        (name, type) ->
            new Answer(
                name,
                type,
                type == RecordType.A ? Answer.Status.FOUND : Answer.Status.NO_DATA,
                Security.INSECURE,
                name,
                type == RecordType.A ? List.of(new RecordData.A(here)) : List.of(),
                Duration.ZERO,
                "",
                Duration.ZERO,
                "");
    try (Connector connector = new Connector()) {
      return new PolicyFetch(
              dns,
              TlsClient.trusting(ca),
              connector,
              PolicyFetch.Settings.USUAL.at(port("implicit"), List.of()))
          .fetch(Domain.of(domain), new Unheard());
    }
  }

  private static List<String> lines(Fetched fetched) {
    return switch (fetched) {
      case Fetched.Policy(var policy) -> policy.lines();
      case Fetched.Failed failed -> List.of(failed.toString());
    };
  }

  @Test
  void isFetchedForEveryLocalDomain() throws Exception {
    start("[mta-sts]\nmode = \"testing\"\n");
    assertThat(lines(fetch("own.example")))
        .containsExactly(
            "version: STSv1", "mode: testing", "mx: mx.own.example", "max_age: 1209600");
    assertThat(lines(fetch("other.example")).getFirst()).contains("answers 404");
  }

  @Test
  void changesWithTheSettings() throws Exception {
    start("");
    assertThat(lines(fetch("own.example")).getFirst()).contains("answers 404");

    server.configure(
        settings(
            "[mta-sts]\nmode = \"enforce\"\nmax-age = \"30d\"\n"
                + "mx = [\"mx.own.example\", \"*.backup.example\"]\n"));
    assertThat(server.server().reload().words()).contains("read again");
    assertThat(lines(fetch("own.example")))
        .containsExactly(
            "version: STSv1",
            "mode: enforce",
            "mx: mx.own.example",
            "mx: *.backup.example",
            "max_age: 2592000");

    server.configure(settings("[mta-sts]\nmode = \"none\"\nmax-age = \"1d\"\n"));
    server.server().reload();
    assertThat(lines(fetch("own.example")))
        .containsExactly("version: STSv1", "mode: none", "max_age: 86400");
  }

  /** The listener without TLS, behind which a proxy may stand, shows the metrics besides. */
  @ParameterizedTest
  @CsvSource({
    "http, 127.0.0.1, /metrics, 200",
    "https, mx.own.example, /metrics, 404",
    "http, 127.0.0.1, /.well-known/mta-sts.txt, 404",
  })
  void whatElseIsShown(String scheme, String host, String path, int status) throws Exception {
    start("[mta-sts]\nmode = \"testing\"\n");
    if (scheme.equals("http")) {
      URI uri = URI.create("http://" + host + ":" + port("none") + path);
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(
                client
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(status);
      }
    } else {
      assertThat(curl(host, path, "-o", folder.resolve("out").toString(), "-w", "%{http_code}"))
          .isEqualTo("" + status);
    }
  }

  /** A client that others wrote. */
  @Test
  void curlReadsIt() throws Exception {
    start("[mta-sts]\nmode = \"enforce\"\n");
    assertThat(curl(HOST, PolicyFetch.PATH, "-i"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("Content-Type: text/plain\r\n")
        .endsWith(
            "\r\n\r\nversion: STSv1\r\nmode: enforce\r\nmx: mx.own.example\r\nmax_age: 1209600\r\n");
    assertThat(curl(HOST, PolicyFetch.PATH, "--tls-max", "1.2")).startsWith("version: STSv1");
  }

  /** With whatever there is, and with what there is not. */
  @ParameterizedTest
  @CsvSource({
    HOST + ", " + PolicyFetch.PATH + ", 200, GET",
    "mx.own.example, /, 404, GET",
    "mx.own.example, /, 404, POST",
  })
  void browsersAreToldToAskByHttpsAlone(String host, String path, int status, String method)
      throws Exception {
    start("[mta-sts]\nmode = \"testing\"\n");
    assertThat(curl(host, path, "-i", "-X", method))
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("\r\nStrict-Transport-Security: max-age=31536000\r\n")
        .containsIgnoringCase(
            "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n")
        .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n");

    URI plain = URI.create("http://127.0.0.1:" + port("none") + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(plain).method(method, HttpRequest.BodyPublishers.noBody()).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).headers().map())
          .doesNotContainKey("strict-transport-security");
    }
  }

  private String curl(String host, String path, String... more) throws Exception {
    Programs.require("curl");
    int port = port("implicit");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "curl",
                "-sS",
                "--noproxy",
                "*",
                "--cacert",
                ca.toString(),
                "--resolve",
                host + ":" + port + ":127.0.0.1"));
    command.addAll(List.of(more));
    command.add("https://" + host + ":" + port + path);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void whoSaysNothingIsLeft() throws Exception {
    start("[mta-sts]\nmode = \"testing\"\n");
    long begun = System.nanoTime();
    try (Socket silent = new Socket(IpAddress.of("127.0.0.1"), port("implicit"))) {
      silent.setSoTimeout(30_000);
      assertThat(silent.getInputStream().read()).isNegative();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  /** In the midst of a request, which would else hold one of the listener's connections. */
  @Test
  void soIsWhoFallsSilentLater() throws Exception {
    start("[mta-sts]\nmode = \"testing\"\n");
    try (Socket plain = new Socket(IpAddress.of("127.0.0.1"), port("implicit"))) {
      Socket silent =
          TlsClient.trustingSystem()
              .opportunistic(Domain.of("mta-sts.own.example"))
              .handshake(plain)
              .socket();
      silent.setSoTimeout(30_000);
      silent.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
      assertThat(silent.getInputStream().readAllBytes()).isNotNull();
    }
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(mistake("[mta-sts]\nmode = \"report\"\n")).contains("\"mta-sts.mode\" must be");
    assertThat(mistake("[mta-sts]\nmx = [\"a.*.example\"]\n")).contains("\"mta-sts.mx\" must be");
    assertThat(mistake("[mta-sts]\nmax-age = \"367d\"\n")).contains("\"mta-sts.max-age\" must be");
    assertThat(mistake("[mta-sts]\nids = true\n")).contains("unknown key \"mta-sts.ids\"");
    Optional<String> without = Optional.of(mistakeOf(TestServer.listener("https", 0)));
    assertThat(without.orElseThrow()).contains("there is no [tls]");
    assertThat(mistakeOf(TestServer.listener("http", 0) + "tls = \"implicit\"\n"))
        .contains("this protocol has no TLS here");
  }

  private String mistake(String sts) throws Exception {
    return mistakeOf(settings(sts));
  }

  private String mistakeOf(String text) throws Exception {
    server.configure(text);
    try {
      SettingsReader.read(server.config());
      return "none";
    } catch (SettingsException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
