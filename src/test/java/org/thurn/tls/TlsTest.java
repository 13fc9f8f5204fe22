package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Connector;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Distrust;
import org.thurn.net.DistrustedException;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsSession;
import org.thurn.net.TlsUpgrade;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.dane.DaneProof;
import org.thurn.tls.dane.DaneVerifier;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.dane.TlsaMatch;

@Timeout(30)
class TlsTest {
  private static final TestCertificates CA = new TestCertificates();
  private static final Domain HOST = Domain.of("mx.strict.example");

  @TempDir private Path folder;
  private final BlockingQueue<TlsSession> served = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> broken = new LinkedBlockingQueue<>();
  private Path ca = Path.of("ca.pem");

  @BeforeEach
  void writeAuthority() throws IOException {
    ca = CA.writeAuthority(folder.resolve("ca.pem"));
  }

  /** Greets over TLS and answers one line. */
  private final class Greeter implements ConnectionHandler {
    @Override
    public void serve(Connection connection) throws IOException {
      served.add(connection.tls().orElseThrow());
      connection.out().write("hello\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.out().flush();
      connection.reader().readLine(100);
    }

    @Override
    public byte[] refusal(Limit limit) {
      return new byte[0];
    }

    @Override
    public void broken(Connection connection, IOException cause) {
      broken.add(String.valueOf(cause.getMessage()));
    }
  }

  private TlsServer server(TestCertificates.Issued issued) throws IOException {
    issued.writeTo(folder);
    return new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  private Listener listen(TlsServer server) throws IOException {
    return Listener.open(
        ListenerSettings.tcp("test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withTls(server),
        new Greeter(),
        Time.system());
  }

  /** Connects, and returns what the client saw of it. */
  private static TlsSession connect(Listener listener, TlsUpgrade upgrade) throws IOException {
    try (Connector connector = new Connector();
        Connection connection =
            connector.connect(
                (InetSocketAddress) listener.local(),
                Optional.empty(),
                Connector.Timeouts.DEFAULT)) {
      connection.startTls(upgrade);
      assertThat(connection.reader().readLine(100)).isInstanceOf(Line.Text.class);
      return connection.tls().orElseThrow();
    }
  }

  @Test
  void agreesOnTls13WithTheHybridGroupAndBindsBothEnds() throws Exception {
    TlsServer server = server(CA.issue(HOST.ascii()));
    try (Listener listener = listen(server);
        Connector connector = new Connector();
        Connection connection =
            connector.connect(
                (InetSocketAddress) listener.local(),
                Optional.empty(),
                Connector.Timeouts.DEFAULT)) {
      connection.startTls(TlsClient.trusting(ca).required(HOST));
      TlsSession client = connection.tls().orElseThrow();
      TlsSession theirs = served.poll(10, TimeUnit.SECONDS);

      assertThat(client.version()).isEqualTo("TLSv1.3");
      assertThat(client.group()).contains("X25519MLKEM768");
      assertThat(client.cipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
      assertThat(client.verification()).isEqualTo(TlsClient.VERIFIED);
      assertThat(client.distrust()).isEmpty();
      assertThat(client.peerChain()).isEqualTo(server.chain());
      assertThat(theirs).isNotNull();
      assertThat(theirs.group()).contains("X25519MLKEM768");
      assertThat(theirs.serverName()).contains(HOST.ascii());
      assertThat(theirs.peerChain()).isEmpty();
      assertThat(theirs.exporter("EXPORTER-Channel-Binding", 32).orElseThrow())
          .hasSize(32)
          .isEqualTo(client.exporter("EXPORTER-Channel-Binding", 32).orElseThrow());
    }
  }

  @Test
  void aWrongNameIsToldAndOnlyRefusedWhereRequired() throws Exception {
    try (Listener listener = listen(server(CA.issue("other.example")))) {
      TlsClient client = TlsClient.trusting(ca);

      assertThat(connect(listener, client.opportunistic(HOST)).verification())
          .isEqualTo("certificate is not for mx.strict.example but [other.example]");
      assertThatThrownBy(() -> connect(listener, client.required(HOST)))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("is not for mx.strict.example")
          .asInstanceOf(type(DistrustedException.class))
          .returns(Distrust.OTHER_NAME, DistrustedException::reason);
    }
  }

  @Test
  void anUnknownAuthorityOrAnOldCertificateIsTold() throws Exception {
    try (Listener unknown = listen(server(new TestCertificates().issue(HOST.ascii())));
        Listener expired = listen(server(CA.issueExpired(HOST.ascii())))) {
      TlsClient client = TlsClient.trusting(ca);

      assertThat(connect(unknown, client.opportunistic(HOST)).verification())
          .isEqualTo("certificate not trusted: no trusted authority vouches for it");
      assertThat(connect(expired, client.opportunistic(HOST)).verification())
          .isEqualTo("certificate not trusted: its time, or that of one above it, is over");
      assertThat(connect(unknown, TlsClient.trustingSystem().opportunistic(HOST)).verification())
          .startsWith("certificate not trusted");
      assertThat(connect(unknown, client.opportunistic(HOST)).distrust())
          .contains(Distrust.UNTRUSTED);
      assertThat(connect(expired, client.opportunistic(HOST)).distrust())
          .contains(Distrust.EXPIRED);
      assertThatThrownBy(() -> connect(expired, client.required(HOST)))
          .isInstanceOf(SSLHandshakeException.class)
          .asInstanceOf(type(DistrustedException.class))
          .returns(Distrust.EXPIRED, DistrustedException::reason);
    }
  }

  @Test
  void anyProofMayDecideAndTheServerIsAskedForAnyName() throws Exception {
    TestCertificates.Issued own = CA.issueExpired("else.example");
    DnsName base = new DnsName("base.strict.example");
    TlsClient client = TlsClient.trusting(ca);
    PeerProof right =
        new DaneProof(
            DaneVerifier.of(List.of(TlsaData.recommended(own.certificate())), base), Time.system());
    PeerProof wrong =
        new DaneProof(
            DaneVerifier.of(List.of(TlsaData.recommended(CA.authority())), base), Time.system());
    try (Listener listener = listen(server(own))) {
      assertThat(connect(listener, client.authenticated(base, right)).verification())
          .matches("verified by DANE: TLSA 3 1 1 [0-9a-f]{16}…");
      TlsSession theirs = served.poll(10, TimeUnit.SECONDS);
      assertThat(theirs).isNotNull();
      assertThat(theirs.serverName()).contains(base.text());
      assertThat(connect(listener, client.opportunistic(base, wrong)).verification())
          .isEqualTo("DANE: no TLSA record fits the server's certificate");
      assertThatThrownBy(() -> connect(listener, client.authenticated(base, wrong)))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessage("DANE: no TLSA record fits the server's certificate");
      assertThat(client.vouched(HOST).of(List.of(own.certificate())))
          .isInstanceOf(PeerProof.Refused.class);
      assertThat(client.vouched(HOST).of(List.of(CA.issue(HOST.ascii()).certificate())))
          .isEqualTo(new PeerProof.Proven(TlsClient.VERIFIED));
    }
  }

  /** Found by fuzzing: an exception that nobody expects would have ended the session. */
  @Test
  void aCertificateWithAnEmptyKeyIsRefusedInWords() throws Exception {
    // an Ed25519 key without octets, which Conscrypt reads and the JDK stumbles over
    X509v3CertificateBuilder empty =
        new X509v3CertificateBuilder(
            new X500Name("CN=a"),
            BigInteger.ONE,
            Date.from(Instant.now()),
            Date.from(Instant.now().plusSeconds(60)),
            new X500Name("CN=Thurn test CA"),
            new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new byte[0]));
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    byte[] der =
        empty
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(keys.generateKeyPair().getPrivate()))
            .getEncoded();
    X509Certificate odd =
        (X509Certificate)
            CertificateFactory.getInstance("X.509", CryptoProvider.get())
                .generateCertificate(new ByteArrayInputStream(der));
    X509Certificate own = CA.issue(HOST.ascii()).certificate();
    TlsClient client = TlsClient.trusting(ca);
    DaneVerifier dane =
        DaneVerifier.of(List.of(TlsaData.recommended(CA.authority())), DnsName.of(HOST));

    for (List<X509Certificate> chain : List.of(List.of(odd), List.of(own, odd))) {
      assertThat(client.vouched(HOST).of(chain))
          .isEqualTo(
              new PeerProof.Refused(
                  Distrust.UNTRUSTED, "certificate not trusted: it cannot be read"));
      assertThat(dane.match(chain, Instant.now())).isInstanceOf(TlsaMatch.Mismatched.class);
    }
  }

  @Test
  void readsRsaAndTraditionalKeys() throws Exception {
    for (TestCertificates.Issued issued :
        List.of(CA.issueRsa(HOST.ascii()), CA.issue(HOST.ascii()))) {
      issued.writeTo(folder);
      Files.writeString(folder.resolve("key.pem"), issued.traditionalKeyPem());
      try (Listener listener =
          listen(new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem")))) {
        assertThat(connect(listener, TlsClient.trusting(ca).required(HOST)).verification())
            .isEqualTo(TlsClient.VERIFIED);
      }
    }
  }

  @Test
  void reloadsChangedFilesAndKeepsTheOldWhereTheNewAreWrong() throws Exception {
    TlsServer server = server(CA.issue(HOST.ascii()));
    assertThat(server.reload()).isFalse();

    TestCertificates.Issued next = CA.issue(HOST.ascii(), "more.example");
    next.writeTo(folder);
    Path certificate = folder.resolve("cert.pem");
    Files.setLastModifiedTime(certificate, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(server.reload()).isTrue();
    assertThat(server.chain().getFirst()).isEqualTo(next.certificate());

    Files.writeString(certificate, "nonsense");
    Files.setLastModifiedTime(certificate, FileTime.from(Instant.now().plusSeconds(9)));
    assertThatThrownBy(server::reload).hasMessageContaining("cert.pem: no certificate in it");
    assertThat(server.chain().getFirst()).isEqualTo(next.certificate());
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws Exception {
    CA.issue(HOST.ascii()).writeTo(folder);
    Files.writeString(folder.resolve("key.pem"), CA.issue(HOST.ascii()).keyPem());

    assertThatThrownBy(() -> new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key is not the certificate's");
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example, mx.example, true",
    "MX.Example, mx.example, true",
    "*.example, mx.example, true",
    "*.example, a.mx.example, false",
    "*.example, example, false",
    "m*.example, mx.example, false",
    "*.*.example, a.b.example, false",
    "mx.example.org, mx.example, false",
  })
  void namesMatchByRfc9525(String presented, String host, boolean matches) {
    assertThat(CertificateName.matches(presented, host)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_3, true, TLSv1.3",
    "-tls1_2, true, TLSv1.2",
    "-tls1_1, false, ''",
    "-tls1_2 -cipher AES128-SHA, false, ''",
    "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256, true, TLSv1.2",
  })
  void opensslGetsOnlyWhatIsModern(String options, boolean works, String version) throws Exception {
    String openssl = Programs.require("openssl").toString();
    try (Listener listener = listen(server(CA.issue(HOST.ascii())))) {
      int port = ((InetSocketAddress) listener.local()).getPort();
      List<String> command =
          new java.util.ArrayList<>(
              List.of(openssl, "s_client", "-connect", "127.0.0.1:" + port, "-CAfile", ca + ""));
      command.addAll(List.of("-verify_return_error", "-servername", HOST.ascii()));
      command.addAll(List.of(options.split(" ")));

      Programs.Ran ran = Programs.run(Duration.ofSeconds(15), "", command);

      assertThat(ran.exitCode() == 0).as(ran.output()).isEqualTo(works);
      if (works) {
        assertThat(ran.output()).contains(version).contains("Verify return code: 0 (ok)");
      } else {
        assertThat(broken.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
    }
  }
}
