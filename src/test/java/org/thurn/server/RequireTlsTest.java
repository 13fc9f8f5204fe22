package org.thurn.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.admin.Exit;
import org.thurn.name.Domain;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;

/** {@code require-tls-from}, by whole dialogues. */
@Timeout(60)
class RequireTlsTest {
  private static final String REFUSAL =
      "550 5.7.10 Encryption needed: mail from sender.example is taken here over TLS only";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    new TestCertificates().issue("mx.own.example").writeTo(folder);
    server = new TestServer(folder);
    configure("require-tls-from = [\"sender.example\"]").start();
    server.account(TestServer.ALICE);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private TestServer configure(String line) throws IOException {
    return server.configure(
        TestServer.listener("smtp", 0)
            + "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n[intake]\nlimit-loopback = true\n"
            + line
            + "\n");
  }

  private static String ask(LineClient client, String command) throws IOException {
    client.send(command);
    String all = client.until(command.startsWith("EHLO") ? "250 " : "");
    return all.strip();
  }

  @Test
  void withoutItMailIsRefusedAndTheJourneySaysWhy() throws Exception {
    try (LineClient client = server.connect("smtp")) {
      client.line();
      assertThat(ask(client, "EHLO mx.sender.example")).contains("STARTTLS");
      assertThat(ask(client, "MAIL FROM:<bob@Sender.Example>")).isEqualTo(REFUSAL);
      assertThat(ask(client, "RCPT TO:<alice@own.example>")).startsWith("503 ");
      assertThat(ask(client, "MAIL FROM:<bob@mx.sender.example>")).startsWith("250 ");
    }
    TestServer.until(() -> server.log().contains("type=refused"));
    String refused =
        server.log().lines().filter(line -> line.contains("type=refused")).findFirst().orElse("");
    assertThat(refused)
        .contains("stage=mail", "code=550")
        .contains("the settings require TLS from sender.example, and there is none")
        .doesNotContain("queue=-");
  }

  @Test
  void overItTheSameMailComesIn() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port("smtp"))) {
      plain.setSoTimeout(10_000);
      talk(plain, "EHLO mx.sender.example", "STARTTLS");
      Socket secret =
          TlsClient.trustingSystem()
              .opportunistic(Domain.of("mx.own.example"))
              .handshake(plain)
              .socket();
      secret.getOutputStream().write("NOOP\r\n".getBytes(US_ASCII));
      talk(
          secret,
          "EHLO mx.sender.example",
          "MAIL FROM:<bob@sender.example>",
          "RCPT TO:<alice@own.example>");
    }
  }

  /** Reads a greeting, then says each line and wants a reply of 2xx. */
  private static void talk(Socket socket, String... commands) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    in.readLine();
    for (String command : commands) {
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      String reply = in.readLine();
      while (reply.charAt(3) == '-') {
        reply = in.readLine();
      }
      assertThat(reply).as(command).startsWith("2");
    }
  }

  @Test
  void aReloadChangesIt() throws Exception {
    configure("require-tls-from = [\"*.sender.example\"]");
    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);
    try (LineClient client = server.connect("smtp")) {
      client.line();
      ask(client, "EHLO mx.sender.example");
      assertThat(ask(client, "MAIL FROM:<bob@mx.sender.example>")).startsWith("550 5.7.10 ");
      assertThat(ask(client, "MAIL FROM:<bob@sender.example>")).startsWith("250 ");
    }
  }
}
