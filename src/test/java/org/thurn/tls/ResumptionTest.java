package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsSession;
import org.thurn.net.TlsUpgrade;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;

/** Openssl comes back with the session that it had: when a server goes on with it, and how. */
@Timeout(60)
class ResumptionTest {
  private static final TestCertificates CA = new TestCertificates();
  private static final String LABEL = "EXPORTER-Channel-Binding";

  @TempDir private Path folder;
  private final BlockingQueue<Seen> served = new LinkedBlockingQueue<>();
  private final List<TlsServer.Pair> files = new ArrayList<>();

  private void add(TestCertificates.Issued issued) throws IOException {
    Path own = folder.resolve("" + files.size());
    issued.writeTo(own);
    files.add(new TlsServer.Pair(own.resolve("cert.pem"), own.resolve("key.pem")));
  }

  /** What the server knows of a connection. */
  private record Seen(TlsSession session, String binding) {
    static Seen of(TlsSession session) {
      return new Seen(
          session,
          HexFormat.of().withUpperCase().formatHex(session.exporter(LABEL, 32).orElseThrow()));
    }
  }

  /** Answers one line, so that the client has read what came before the answer. */
  private final class OneLine implements ConnectionHandler {
    private final byte[] answer;

    OneLine(String answer) {
      this.answer = answer.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void serve(Connection connection) throws IOException {
      served.add(Seen.of(connection.tls().orElseThrow()));
      connection.reader().readLine(100);
      connection.out().write(answer);
      connection.out().flush();
    }

    @Override
    public byte[] refusal(Limit limit) {
      return new byte[0];
    }
  }

  private Listener listen(TlsServer server) throws IOException {
    return listen(server, "here\r\n");
  }

  private Listener listen(TlsUpgrade server, String answer) throws IOException {
    return Listener.open(
        ListenerSettings.tcp("test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withTls(server),
        new OneLine(answer),
        Time.system());
  }

  private String session() {
    return folder.resolve("session.pem").toString();
  }

  private static String visit(Listener listener, String version, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("openssl").toString(),
                "s_client",
                "-ign_eof",
                "-keymatexport",
                LABEL,
                "-keymatexportlen",
                "32",
                version,
                "-connect",
                "127.0.0.1:" + ((InetSocketAddress) listener.local()).getPort()));
    command.addAll(List.of(options));
    return Programs.run(Duration.ofSeconds(20), "hello\r\n", command).output();
  }

  private Seen atServer() throws InterruptedException {
    Seen seen = served.poll(10, TimeUnit.SECONDS);
    assertThat(seen).isNotNull();
    return seen;
  }

  @ParameterizedTest
  @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
  void aClientIsKnownAgainAndEachConnectionHasItsOwnBinding(String version, String shown)
      throws Exception {
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files))) {
      String first = visit(listener, version, "-servername", "a.example", "-sess_out", session());
      Seen before = atServer();
      String again = visit(listener, version, "-servername", "a.example", "-sess_in", session());
      Seen after = atServer();

      assertThat(first).contains("New, " + shown);
      assertThat(again).contains("Reused, " + shown);
      assertThat(after.binding).isNotEqualTo(before.binding);
      if (version.equals("-tls1_3")) { // of TLS 1.2 openssl shows that without a context
        assertThat(first).contains("Keying material: " + before.binding);
        assertThat(again).contains("Keying material: " + after.binding);
      }
      assertThat(after.session.serverName()).contains("a.example");
      assertThat(after.session.group()).isEqualTo(before.session.group()).isPresent();
    }
  }

  /** Where the hello is read here first, to choose between an RSA and an EC certificate. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void withTwoKindsOfKeysToo(String version) throws Exception {
    add(CA.issueRsa("mx.one.example"));
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files))) {
      assertThat(visit(listener, version, "-sess_out", session())).contains("New, ");
      assertThat(visit(listener, version, "-sess_in", session())).contains("Reused, ");
    }
  }

  /** Whoever came before the switch sees the new certificate, and does not go on with the old. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void afterASwitchNobodyIsKnown(String version) throws Exception {
    TestCertificates.Issued old = CA.issue("mx.one.example");
    TestCertificates.Issued next = CA.issue("mx.two.example");
    TlsServer server =
        TlsServer.showing(CertifiedKey.of(List.of(old.certificate()), old.keys().getPrivate()));
    try (Listener listener = listen(server)) {
      assertThat(visit(listener, version, "-sess_out", session())).contains("CN = mx.one.example");

      server.obtained(
          List.of(CertifiedKey.of(List.of(next.certificate()), next.keys().getPrivate())));

      assertThat(visit(listener, version, "-sess_in", session()))
          .contains("New, ", "subject=CN = mx.two.example");
    }
  }

  /** Beside tickets the library has no room for a whole record. */
  @ParameterizedTest
  @CsvSource({
    "-tls1_3, 8191",
    "-tls1_3, 8193",
    "-tls1_3, 16384",
    "-tls1_3, 16385",
    "-tls1_3, 1000000",
    "-tls1_2, 1000000",
  })
  void whatIsWrittenFirstMayBeLong(String version, int octets) throws Exception {
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files), "w".repeat(octets) + "\r\n")) {
      assertThat(visit(listener, version, "-sess_out", session())).contains("w".repeat(octets));
      assertThat(visit(listener, version, "-sess_in", session()))
          .contains("Reused, ", "w".repeat(octets));
    }
  }

  @Test
  void nobodyIsKnownWhereThereAreNoTickets() throws Exception {
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files).withoutTickets(), "here\r\n")) {
      assertThat(visit(listener, "-tls1_3", "-sess_out", session())).contains("New, ");
      assertThat(Path.of(session())).doesNotExist();
    }
  }

  @Test
  void anotherServerDoesNotKnowIt() throws Exception {
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files));
        Listener other = listen(TlsServer.of(files))) {
      assertThat(visit(listener, "-tls1_3", "-sess_out", session())).contains("New, ");
      assertThat(visit(other, "-tls1_3", "-sess_in", session())).contains("New, ");
    }
  }
}
