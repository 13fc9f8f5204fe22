package org.thurn.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.net.TlsUpgrade;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;

@Timeout(60)
class StartTlsTest {
  private static final SmtpServerSettings SUBMISSION =
      Served.settings(Protocol.SUBMISSION).withAuth(false, 5, Duration.ZERO);

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void makeCertificates() throws IOException {
    TestCertificates authority = new TestCertificates();
    authority.writeAuthority(folder.resolve("ca.pem"));
    authority.issue(Served.HOST.ascii()).writeTo(folder);
  }

  private static TlsServer tls() throws IOException {
    return new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  private static Served served(SmtpServerSettings settings) throws IOException {
    return new Served(settings, Optional.of(tls()), Optional.empty());
  }

  private static Served.Client upgrade(Socket plain) throws IOException {
    TlsUpgrade upgrade = TlsClient.trusting(folder.resolve("ca.pem")).required(Served.HOST);
    return new Served.Client(upgrade.handshake(plain).socket());
  }

  @Test
  void whatWasPipelinedBeforeTheHandshakeIsThrownAway() throws Exception {
    try (Served served = served(Served.settings(Protocol.SMTP));
        Served.Client plain = served.greeted()) {
      plain.say("EHLO x");
      assertThat(plain.send("STARTTLS\r\nMAIL FROM:<evil@b.example>\r\nRSET\r\n").hear())
          .startsWith("220 2.0.0 ");
      try (Served.Client client = upgrade(plain.socket())) {
        assertThat(client.say("NOOP")).startsWith("250 2.0.0 ");
        assertThat(served.events("command-received")).noneMatch(e -> e.contains("evil"));
      }
    }
  }

  @Test
  void requireTlsIsForConnectionsWithTls() throws Exception {
    try (Served served = served(Served.settings(Protocol.SMTP));
        Served.Client plain = served.greeted()) {
      assertThat(plain.say("EHLO x")).doesNotContain("REQUIRETLS");
      assertThat(plain.say("MAIL FROM:<a@b.example> REQUIRETLS")).startsWith("555 5.5.4 ");
      plain.say("STARTTLS");
      try (Served.Client client = upgrade(plain.socket())) {
        assertThat(client.send("EHLO x\r\n").hear()).contains("250 REQUIRETLS");
        assertThat(client.say("MAIL FROM:<a@b.example> REQUIRETLS=1")).startsWith("501 5.5.4 ");
        assertThat(client.say("MAIL FROM:<a@b.example> REQUIRETLS")).startsWith("250 2.1.0 ");
      }
    }
  }

  @Test
  void nothingThatWasSaidBeforeCounts() throws Exception {
    try (Served served = served(Served.settings(Protocol.SMTP));
        Served.Client plain = served.greeted()) {
      plain.say("EHLO x");
      plain.say("MAIL FROM:<a@b.example>");
      plain.say("STARTTLS");
      try (Served.Client client = upgrade(plain.socket())) {
        assertThat(client.say("RCPT TO:<a@b.example>")).startsWith("503 5.5.1 MAIL");
        assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 5.5.1 Say EHLO");
        assertThat(client.send("EHLO x\r\n").line()).startsWith("250-");
        String line = client.line();
        while (line.startsWith("250-")) {
          assertThat(line).doesNotContain("STARTTLS").doesNotContain("AUTH");
          line = client.line();
        }
        assertThat(client.say("STARTTLS")).startsWith("503 5.5.1 TLS is active");
        assertThat(served.events("tls-established"))
            .singleElement()
            .asString()
            .contains("TLSv1.3")
            .contains("X25519MLKEM768");
      }
    }
  }

  @Test
  void helpNamesStartTlsUntilThereIsTls() throws Exception {
    try (Served served = served(Served.settings(Protocol.SMTP));
        Served.Client plain = served.greeted()) {
      plain.say("EHLO x");
      assertThat(plain.send("HELP\r\n").line()).endsWith(" QUIT STARTTLS");
      assertThat(plain.line()).startsWith("214 ");
      assertThat(plain.say("STARTTLS")).startsWith("220 2.0.0 ");
      try (Served.Client client = upgrade(plain.socket())) {
        client.say("EHLO x");
        assertThat(client.send("HELP\r\n").line()).endsWith(" QUIT");
      }
    }
  }

  @Test
  void submissionWantsTlsBeforeItHearsAPassword() throws Exception {
    try (Served served = served(SUBMISSION);
        Served.Client plain = served.greeted()) {
      plain.say("EHLO x");
      assertThat(plain.say("AUTH PLAIN AGFsaWNlAHg=")).startsWith("538 5.7.11 ");
      assertThat(plain.say("MAIL FROM:<alice@mx.example>"))
          .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");
      plain.say("STARTTLS");
      try (Served.Client client = upgrade(plain.socket())) {
        assertThat(client.say("EHLO x"))
            .isEqualTo("250 AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN");
        assertThat(client.say("MAIL FROM:<alice@mx.example>")).startsWith("530 5.7.0 ");
        assertThat(client.say("AUTH PLAIN AGFsaWNlQG14LmV4YW1wbGUAb3BlbiBzZXNhbWU="))
            .startsWith("235 2.7.0 ");
        assertThat(client.say("MAIL FROM:<alice@mx.example>")).startsWith("250 ");
      }
    }
  }

  @Test
  void aFailedHandshakeEndsTheSessionAndIsNoted() throws Exception {
    try (Served served = served(Served.settings(Protocol.SMTP));
        Served.Client plain = served.greeted()) {
      plain.say("EHLO x");
      plain.say("STARTTLS");
      plain.send("this is no handshake\r\n");
      plain.socket().getInputStream().readAllBytes();
      served.await("connection-closed");
      assertThat(served.events("tls-failed")).hasSize(1);
    }
  }

  @Test
  void implicitTlsOffersNoStartTls() throws Exception {
    try (Served served = new Served(SUBMISSION, Optional.of(tls()), Optional.of(tls()));
        Served.Client client =
            upgrade(new Socket(served.address().getAddress(), served.address().getPort()))) {
      assertThat(client.hear()).startsWith("220 ");
      assertThat(client.say("EHLO x")).startsWith("250 AUTH ");
      assertThat(client.say("STARTTLS")).startsWith("503 ");
    }
  }

  @Test
  void opensslSpeaksWithUs() throws Exception {
    String openssl = Programs.require("openssl").toString();
    try (Served served = served(Served.settings(Protocol.SMTP))) {
      Programs.Ran ran =
          Programs.run(
              Duration.ofSeconds(20),
              "QUIT\n",
              List.of(
                  openssl,
                  "s_client",
                  "-connect",
                  "127.0.0.1:" + served.address().getPort(),
                  "-starttls",
                  "smtp",
                  "-crlf",
                  "-quiet",
                  "-CAfile",
                  folder.resolve("ca.pem").toString(),
                  "-verify_return_error"));

      assertThat(ran.output()).contains("221 2.0.0 mx.example");
    }
  }

  @Test
  void curlSubmitsOverTls() throws Exception {
    String curl = Programs.require("curl").toString();
    Path message = Files.writeString(folder.resolve("message"), "Subject: x\r\n\r\nover TLS\r\n");
    try (Served served = served(SUBMISSION)) {
      int port = served.address().getPort();
      Programs.Ran ran =
          Programs.run(
              Duration.ofSeconds(30),
              "",
              List.of(
                  curl,
                  "--silent",
                  "--show-error",
                  "--url",
                  "smtp://mx.example:" + port + "/client.example",
                  "--connect-to",
                  "mx.example:" + port + ":127.0.0.1:" + port,
                  "--ssl-reqd",
                  "--cacert",
                  folder.resolve("ca.pem").toString(),
                  "--user",
                  "alice@mx.example:open sesame",
                  "--mail-from",
                  "alice@mx.example",
                  "--mail-rcpt",
                  "bob@soft.example",
                  "--login-options",
                  "AUTH=PLAIN",
                  "--upload-file",
                  message.toString()));

      assertThat(ran.exitCode()).as(ran.output()).isZero();
      assertThat(served.receiver.messages.poll(5, TimeUnit.SECONDS))
          .startsWith("alice@mx.example > bob@soft.example: ")
          .contains("over TLS");
    }
  }

  @Test
  void swaksSubmitsWithPasswordOnLoopback() throws Exception {
    String swaks = Programs.require("swaks").toString();
    try (Served served = new Served(SUBMISSION.withAuth(true, 5, Duration.ZERO))) {
      Programs.Ran ran =
          Programs.run(
              Duration.ofSeconds(30),
              "",
              List.of(
                  swaks,
                  "--server",
                  "127.0.0.1",
                  "--port",
                  served.address().getPort() + "",
                  "--auth",
                  "LOGIN",
                  "--auth-user",
                  "alice@mx.example",
                  "--auth-password",
                  "open sesame",
                  "--from",
                  "alice@mx.example",
                  "--to",
                  "bob@soft.example",
                  "--helo",
                  "client.example",
                  "--body",
                  "in the clear"));

      assertThat(ran.exitCode()).as(ran.output()).isZero();
      assertThat(served.receiver.messages.poll(5, TimeUnit.SECONDS)).contains("in the clear");
    }
  }
}
