package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.server.TestServer;
import org.thurn.testing.TestCertificates;

/**
 * What somebody on the way appends to STARTTLS in the clear must not be taken for what the client
 * says under TLS (CVE-2011-0411 and its kin), in no protocol.
 */
class InjectedBeforeTlsTest {
  @TempDir static Path folder;
  private static final TestCertificates AUTHORITY = new TestCertificates();
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    AUTHORITY.issue("mx.own.example").writeTo(folder);
    server = new TestServer(folder);
    server
        .configure(
            TestServer.listener("smtp", 0)
                + TestServer.listener("submission", 0)
                + TestServer.listener("imap", 0)
                + TestServer.listener("pop3", 0)
                + "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n")
        .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static SSLContext context() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", AUTHORITY.authority());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void say(Socket socket, String lines) throws IOException {
    String wire = lines.replace("|", "\r\n") + "\r\n";
    socket.getOutputStream().write(wire.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return "<closed>";
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  @ParameterizedTest
  @CsvSource({
    "smtp, EHLO x|STARTTLS|RSET|NOOP, 220 2.0.0, EHLO x, 250-mx.own.example",
    "submission, EHLO x|STARTTLS|AUTH PLAIN AGEAYg==, 220 2.0.0, EHLO x, 250-mx.own.example",
    "smtp, EHLO x|STARTTLS|EHLO injected, 220 2.0.0, MAIL FROM:<>, 503 5.5.1 ",
    "imap, a STARTTLS|b LOGIN x y|c LOGOUT, a OK, d NOOP, d OK",
    "pop3, STLS|USER alice|QUIT, +OK Begin, NOOP, -ERR",
  })
  void isThrownAway(String protocol, String plain, String ready, String under, String answer)
      throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port(protocol))) {
      socket.setSoTimeout(20_000);
      line(socket.getInputStream());
      say(socket, plain);
      String said = line(socket.getInputStream());
      while (!said.startsWith(ready)) {
        assertThat(said).isNotEqualTo("<closed>");
        said = line(socket.getInputStream());
      }
      try (SSLSocket tls =
          (SSLSocket)
              context().getSocketFactory().createSocket(socket, "mx.own.example", 0, true)) {
        tls.startHandshake();
        say(tls, under);
        assertThat(line(tls.getInputStream())).startsWith(answer);
      }
      assertThat(Files.readString(server.state().resolve("mail.log")))
          .doesNotContain("authentication-failed");
    }
  }
}
