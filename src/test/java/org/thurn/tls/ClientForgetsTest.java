package org.thurn.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Domain;
import org.thurn.net.TlsUpgrade;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;

/** A client never goes on with a session that it had: its host proves itself each time. */
@Timeout(60)
class ClientForgetsTest {
  private static final Domain HOST = Domain.of("mx.peer.example");

  @TempDir private Path folder;
  private final TestCertificates authority = new TestCertificates();
  private Optional<Process> server = Optional.empty();
  private int port;

  private void start(String version) throws Exception {
    authority.issue(HOST.ascii()).writeTo(folder);
    authority.writeAuthority(folder.resolve("ca.pem"));
    Process process =
        new ProcessBuilder(
                Programs.require("openssl").toString(),
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-www",
                version,
                "-cert",
                "cert.pem",
                "-key",
                "key.pem")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    server = Optional.of(process);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
    String line = said.readLine();
    while (!line.startsWith("ACCEPT ")) {
      line = said.readLine();
    }
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  @AfterEach
  void stop() throws Exception {
    if (server.isPresent()) {
      server.get().destroy();
      assertThat(server.get().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String page(TlsUpgrade upgrade) throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setSoTimeout(10_000);
      Socket socket = upgrade.handshake(plain).socket();
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
  void everyVisitIsNew(String version, String shown) throws Exception {
    start(version);
    TlsClient client = TlsClient.trusting(folder.resolve("ca.pem"));
    for (TlsUpgrade upgrade :
        List.of(client.opportunistic(HOST), client.required(HOST), client.required(HOST))) {
      assertThat(page(upgrade)).contains("New, " + shown);
    }
  }
}
