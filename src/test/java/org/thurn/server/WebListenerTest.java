package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.IpAddress;
import org.thurn.net.IpNetwork;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/** Who sees what of the web listener, and how long a stranger may hold it. */
class WebListenerTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.25.0.1, true",
    "::1, true",
    "192.0.2.17, true",
    "192.0.2.33, false",
    "203.0.113.1, false",
    "2001:db8::1, false",
  })
  void theMetricsAreForThisMachineAndTrustedNetworks(String client, boolean seen) throws Exception {
    List<IpNetwork> trusted = List.of(IpNetwork.parse("192.0.2.16/28"));
    assertThat(WebListener.maySee(IpAddress.of(client), trusted)).isEqualTo(seen);
  }

  /** A record header that promises a hello, and then an octet now and then. */
  @Test
  @Timeout(30)
  void aHandshakeThatDripsComesToAnEnd(@TempDir Path folder) throws Exception {
    new TestCertificates().issue("mx.own.example").writeTo(folder);
    TlsServer tls = new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    WebTls.Limit limit = new WebTls.Limit(Duration.ofMillis(700), Time.system());
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      Thread dripping = Thread.ofVirtual().start(() -> drip(client));
      assertThatThrownBy(
              () ->
                  WebTls.context(tls, limit)
                      .getSocketFactory()
                      .createSocket(accepted, (java.io.InputStream) null, true))
          .isInstanceOf(IOException.class);
      assertThat(accepted.isClosed()).isTrue();
      dripping.join();
    }
  }

  private static void drip(Socket client) {
    try {
      client.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
      while (true) {
        client.getOutputStream().write(1);
        Time.system().pause(Duration.ofMillis(50));
      }
    } catch (IOException | InterruptedException e) {
      return; // the server has had enough
    }
  }
}
