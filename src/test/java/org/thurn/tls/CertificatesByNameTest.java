package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Domain;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Connector;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;

/** Which of several certificates a client is shown. */
@Timeout(60)
class CertificatesByNameTest {
  private static final TestCertificates CA = new TestCertificates();

  @TempDir private Path folder;
  private final List<TlsServer.Pair> files = new ArrayList<>();

  private TestCertificates.Issued add(TestCertificates.Issued issued) throws IOException {
    Path own = folder.resolve("" + files.size());
    issued.writeTo(own);
    files.add(new TlsServer.Pair(own.resolve("cert.pem"), own.resolve("key.pem")));
    return issued;
  }

  private static final class Echo implements ConnectionHandler {
    @Override
    public void serve(Connection connection) throws IOException {
      while (connection.reader().readLine(100) instanceof Line.Text) {
        connection.out().write("here\r\n".getBytes(StandardCharsets.US_ASCII));
        connection.out().flush();
      }
    }

    @Override
    public byte[] refusal(Limit limit) {
      return new byte[0];
    }
  }

  private static Listener listen(TlsServer server) throws IOException {
    return Listener.open(
        ListenerSettings.tcp("test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withTls(server),
        new Echo(),
        Time.system());
  }

  private static Connection connect(Connector connector, Listener listener, String name)
      throws IOException {
    Connection connection =
        connector.connect(
            (InetSocketAddress) listener.local(), Optional.empty(), Connector.Timeouts.DEFAULT);
    connection.startTls(TlsClient.trustingSystem().opportunistic(Domain.of(name)));
    return connection;
  }

  /** What openssl is shown, its text and the certificate's. */
  private static String openssl(Listener listener, String options) throws Exception {
    List<String> command = new ArrayList<>();
    int port = ((InetSocketAddress) listener.local()).getPort();
    command.add(Programs.require("openssl").toString());
    command.addAll(List.of("s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options.split(" ")));
    return Programs.run(Duration.ofSeconds(20), "", command).output();
  }

  @ParameterizedTest
  @CsvSource({
    "-servername mx.one.example, CN = mx.one.example",
    "-servername MX.One.Example, CN = mx.one.example",
    "-servername mail.two.example, CN = mail.two.example",
    "-servername other.two.example, CN = *.two.example",
    "-servername deep.other.two.example, CN = mx.usual.example",
    "-servername stranger.example, CN = mx.usual.example",
    "-noservername, CN = mx.usual.example",
  })
  void eachNameGetsItsOwn(String name, String subject) throws Exception {
    add(CA.issue("mx.usual.example"));
    add(CA.issue("mx.one.example", "imap.one.example"));
    add(CA.issue("*.two.example"));
    add(CA.issue("mail.two.example"));
    try (Listener listener = listen(TlsServer.of(files))) {
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        assertThat(openssl(listener, version + " " + name)).contains("subject=" + subject + "\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_3, id-ecPublicKey",
    "-tls1_2, id-ecPublicKey",
    "-tls1_3 -sigalgs rsa_pss_rsae_sha256, rsaEncryption",
    "-tls1_2 -sigalgs RSA+SHA256 -cipher ECDHE-RSA-AES128-GCM-SHA256, rsaEncryption",
    "-tls1_2 -sigalgs ECDSA+SHA256:RSA+SHA256, id-ecPublicKey",
  })
  void rsaAndEcStandSideBySide(String options, String key) throws Exception {
    add(CA.issueRsa("mx.usual.example"));
    add(CA.issueRsa("mx.one.example"));
    add(CA.issue("mx.one.example"));
    try (Listener listener = listen(TlsServer.of(files))) {
      String seen = openssl(listener, options + " -servername mx.one.example");

      assertThat(seen).contains("subject=CN = mx.one.example\n").contains(key);
    }
  }

  @Test
  void aChangedPairOfSeveralIsReadAndRunningConnectionsGoOn() throws Exception {
    add(CA.issue("mx.usual.example"));
    add(CA.issue("mx.one.example"));
    TlsServer server = TlsServer.of(files);
    try (Listener listener = listen(server);
        Connector connector = new Connector();
        Connection running = connect(connector, listener, "mx.one.example")) {
      assertThat(server.reload()).isFalse();
      TestCertificates.Issued next = CA.issue("mx.one.example");
      next.writeTo(folder.resolve("1"));
      Files.setLastModifiedTime(
          files.get(1).certificate(), FileTime.from(Instant.now().plusSeconds(5)));

      assertThat(server.reload()).isTrue();

      running.out().write("still?\r\n".getBytes(StandardCharsets.US_ASCII));
      running.out().flush();
      assertThat(running.reader().readLine(100)).isInstanceOf(Line.Text.class);
      try (Connection fresh = connect(connector, listener, "mx.one.example")) {
        assertThat(fresh.tls().orElseThrow().peerChain().getFirst()).isEqualTo(next.certificate());
      }
    }
  }

  @Test
  void aPairThatIsBrokenKeepsNoOtherFromBeingRead() throws Exception {
    TestCertificates.Issued old = add(CA.issue("mx.usual.example"));
    add(CA.issue("mx.one.example"));
    TlsServer server = TlsServer.of(files);
    TestCertificates.Issued next = CA.issue("mx.one.example");
    next.writeTo(folder.resolve("1"));
    Files.writeString(files.getFirst().certificate(), "nonsense");
    for (TlsServer.Pair pair : files) {
      Files.setLastModifiedTime(pair.certificate(), FileTime.from(Instant.now().plusSeconds(5)));
    }

    assertThatThrownBy(server::reload).hasMessageContaining("no certificate in it");

    assertThat(server.chain().getFirst()).isEqualTo(old.certificate());
    assertThat(server.chain(Domain.of("mx.one.example")).getFirst()).isEqualTo(next.certificate());
  }

  @Test
  void whatIsObtainedGoesBeforeTheFilesForItsNamesAndIsNotTheDefault() throws Exception {
    TestCertificates.Issued usual = add(CA.issue("mx.usual.example"));
    add(CA.issue("mx.one.example"));
    TlsServer server = TlsServer.of(files);
    TestCertificates.Issued obtained = CA.issue("mx.one.example");

    server.obtained(
        List.of(CertifiedKey.of(List.of(obtained.certificate()), obtained.keys().getPrivate())));

    assertThat(server.chain(Domain.of("mx.one.example")).getFirst())
        .isEqualTo(obtained.certificate());
    assertThat(server.chain().getFirst()).isEqualTo(usual.certificate());
  }

  @Test
  void withoutFilesThereIsAlwaysSomethingToShow() throws Exception {
    TestCertificates.Issued first = CA.issue("mx.usual.example");
    TestCertificates.Issued next = CA.issue("mx.one.example");
    TlsServer server =
        TlsServer.showing(CertifiedKey.of(List.of(first.certificate()), first.keys().getPrivate()));

    server.obtained(List.of());
    assertThat(server.chain().getFirst()).isEqualTo(first.certificate());

    server.obtained(
        List.of(CertifiedKey.of(List.of(next.certificate()), next.keys().getPrivate())));
    assertThat(server.chain().getFirst()).isEqualTo(next.certificate());
  }
}
