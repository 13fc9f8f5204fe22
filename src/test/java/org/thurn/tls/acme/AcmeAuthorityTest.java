package org.thurn.tls.acme;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.Domain;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;

/** Authorities that do not do what they should. */
@Timeout(60)
class AcmeAuthorityTest {
  private static final Domain HOST = Domain.of("mx.own.example");

  @TempDir private Path folder;
  private final TestCertificates certificates = new TestCertificates();

  private interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private HttpsServer serve(Reply reply) throws Exception {
    TestCertificates.Issued issued = certificates.issue("localhost");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "own",
        issued.keys().getPrivate(),
        new char[0],
        new X509Certificate[] {issued.certificate(), issued.issuer()});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", reply::to);
    server.start();
    return server;
  }

  private void assertRefused(Reply reply, String words) throws Exception {
    assertRefused(reply, Optional.of(certificates.writeAuthority(folder.resolve("ca.pem"))), words);
  }

  private void assertRefused(Reply reply, Optional<Path> ca, String words) throws Exception {
    HttpsServer server = serve(reply);
    try {
      AcmeSettings settings =
          new AcmeSettings(
              URI.create("https://localhost:" + server.getAddress().getPort() + "/dir"),
              Optional.empty(),
              List.of(HOST),
              AcmeSettings.Proof.HTTP_01,
              ca,
              Duration.ZERO,
              false);
      AcmeAuthority authority =
          AcmeAuthority.of(
              settings,
              new CertificateStore(new MemoryStore()),
              new HttpChallenges(),
              Time.system());
      assertThatThrownBy(
              () -> authority.issue(HOST, MadeKey.fresh(Instant.EPOCH).pair(), Optional.empty()))
          .isInstanceOf(AuthorityException.class)
          .hasMessageContaining(words);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsDownIsNamed() throws Exception {
    assertRefused(exchange -> send(exchange, 500, "text/html", "<h1>Oops</h1>"), "500");
  }

  @Test
  void whatIsNoDirectoryIsNamed() throws Exception {
    assertRefused(
        exchange -> send(exchange, 200, "application/json", "this is no JSON"),
        "the authority answered wrongly");
  }

  @Test
  void aDirectoryOfSomethingElseIsNamed() throws Exception {
    assertRefused(exchange -> send(exchange, 200, "application/json", "{}"), "the authority");
  }

  @Test
  void aReplyWithoutEndIsCutOff() throws Exception {
    assertRefused(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(spaces);
            }
          }
        },
        "the authority");
  }

  @Test
  void anAuthorityThatNobodyVouchesForIsNotAsked() throws Exception {
    assertRefused(
        exchange -> send(exchange, 200, "application/json", "{}"), Optional.empty(), "SSL");
  }
}
