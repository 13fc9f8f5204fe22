package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.Domain;
import org.thurn.net.TlsSession;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;

/** X25519MLKEM768 is agreed with OpenSSL 3.5, by way of Node.js, on either side. */
@ExtendWith(LabFixture.class)
@Timeout(60)
class HybridKeyExchangeTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HYBRID = "X25519MLKEM768";

  @TempDir private Path folder;
  private final RunningLab lab;

  HybridKeyExchangeTest(RunningLab lab) {
    this.lab = lab;
  }

  /** It offers one group, so that a handshake which succeeds has agreed on it. */
  @ParameterizedTest
  @ValueSource(strings = {"imaps", "pop3s", "submissions"})
  void aClientThatKnowsNothingElseIsServed(String protocol) throws Exception {
    String script =
        """
        const tls = require('node:tls');
        const s = tls.connect({host: process.argv[2], port: +process.argv[3],
          servername: 'mx.strict.example', ca: require('node:fs').readFileSync(process.argv[4]),
          ecdhCurve: 'X25519MLKEM768', minVersion: 'TLSv1.3'}, () => {
            console.log(s.authorized, s.getProtocol());
            s.destroy();
          });
        """;
    Programs.Ran ran =
        Programs.run(
            LIMIT,
            "",
            List.of(
                Programs.node().toString(),
                Files.writeString(folder.resolve("client.js"), script).toString(),
                lab.address("strict.example"),
                Integer.toString(lab.port("strict.example", protocol)),
                lab.authority().toString()));

    assertThat(ran.output().strip()).isEqualTo("true TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519MLKEM768", "X25519MLKEM768:X25519", "auto"})
  void aServerThatCanIsAskedForIt(String groups) throws Exception {
    TestCertificates authority = new TestCertificates();
    authority.issue("mx.node.example").writeTo(folder);
    TlsSession session = handshake(groups, authority);

    assertThat(session.verification()).isEqualTo(TlsClient.VERIFIED);
    assertThat(session.group()).contains(HYBRID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "P-256"})
  void aServerThatCannotGetsWhatItKnows(String group) throws Exception {
    TestCertificates authority = new TestCertificates();
    authority.issue("mx.node.example").writeTo(folder);

    assertThat(handshake(group, authority).group()).isPresent().isNotEqualTo(HYBRID);
  }

  private TlsSession handshake(String groups, TestCertificates authority) throws Exception {
    String script =
        """
        const tls = require('node:tls'), fs = require('node:fs');
        const s = tls.createServer({cert: fs.readFileSync('cert.pem'),
          key: fs.readFileSync('key.pem'), ecdhCurve: process.argv[2]}, c => c.end());
        s.listen(0, '127.0.0.1', () => console.log(s.address().port));
        """;
    Process server =
        new ProcessBuilder(
                Programs.node().toString(),
                Files.writeString(folder.resolve("server.js"), script).toString(),
                groups)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        Socket plain =
            new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(said.readLine()))) {
      plain.setSoTimeout((int) LIMIT.toMillis());
      TlsClient client = TlsClient.trusting(authority.writeAuthority(folder.resolve("ca.pem")));
      return client.required(Domain.of("mx.node.example")).handshake(plain).session();
    } finally {
      server.destroy();
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
