package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.queue.Outcome;
import org.thurn.queue.Outcome.Deferred;
import org.thurn.queue.Outcome.Failed;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.client.ScriptedServer;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;
import org.thurn.tls.policy.Level;

/** Connections kept, transactions split, TLS. */
@Timeout(30)
class RelaySessionTest {
  private static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";
  private static final String TAKES = RelayTest.TAKES;
  private static final String HELLO = RelayTest.HELLO;
  static final String MORE = TAKES.substring(HELLO.length());
  private static final String QUIT = RelayTest.QUIT;
  static final String STARTTLS =
      HELLO.replace("250 DSN", "250-DSN\nS: 250 STARTTLS") + "C: STARTTLS\n";

  private final RelayBench bench = new RelayBench();

  @BeforeEach
  void oneHost() {
    bench.dns.mx("soft.example", 10, "mx.soft.example").address("mx.soft.example", "127.9.0.1");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void theNextMessageUsesTheOpenConnection() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", TAKES + "C: RSET\nS: 250 ok\n" + MORE + QUIT);
    bench.attempt(MESSAGE, "bob@soft.example");
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
    assertThat(server.messages()).hasSize(2);
    assertThat(bench.events()).filteredOn(Event.ConnectionOpened.class::isInstance).hasSize(1);
  }

  @Test
  void domainsThatShareAServerShareItsConnection() throws Exception {
    bench.dns.mx("list.example", 99, "mx.soft.example");
    String other = MORE.replace("bob@soft.example", "carol@list.example");
    ScriptedServer server =
        bench.server("127.9.0.1", TAKES + "C: RSET\nS: 250 ok\n" + other + QUIT);
    bench.attempt(MESSAGE, "bob@soft.example");
    assertThat(bench.attempt(MESSAGE, "carol@list.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  @Test
  void aKeptConnectionThatDiedIsReplaced() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", TAKES + "S!: close\n----\n" + TAKES + QUIT);
    bench.attempt(MESSAGE, "bob@soft.example");
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  private static String to(String... users) {
    StringBuilder script = new StringBuilder("C: MAIL FROM:<alice@strict.example>\nS: 250 ok\n");
    for (String user : users) {
      script.append("C: RCPT TO:<").append(user).append("@soft.example>\nS: 250 ok\n");
    }
    return script.append("C: DATA\nS: 354 go\nC*: message\nS: 250 2.0.0 mine\n").toString();
  }

  @Test
  void recipientsBeyondTheServersLimitGoInAnotherTransaction() throws Exception {
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            HELLO.replace("250 DSN", "250 LIMITS RCPTMAX=2") + to("a", "b") + to("c") + QUIT);
    assertThat(bench.attempt(MESSAGE, "a@soft.example", "b@soft.example", "c@soft.example"))
        .hasSize(3)
        .hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  @Test
  void transactionsBeyondTheServersLimitGoInAnotherConnection() throws Exception {
    String once = HELLO.replace("250 DSN", "250 LIMITS RCPTMAX=1 MAILMAX=1");
    ScriptedServer server =
        bench.server("127.9.0.1", once + to("a") + QUIT + "----\n" + once + to("b") + QUIT);
    assertThat(bench.attempt(MESSAGE, "a@soft.example", "b@soft.example"))
        .hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  @Test
  void tooManyRecipientsIsAskedAgainInTheNextTransaction() throws Exception {
    String first =
        to("a", "b")
            .replace("b@soft.example>\nS: 250 ok", "b@soft.example>\nS: 552 5.5.3 too many");
    ScriptedServer server = bench.server("127.9.0.1", HELLO + first + to("b") + QUIT);
    assertThat(bench.attempt(MESSAGE, "a@soft.example", "b@soft.example"))
        .hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  @Test
  void tooManyWhereNobodyWasTakenIsForLater() throws Exception {
    bench.server(
        "127.9.0.1",
        HELLO
            + "C: MAIL FROM:<alice@strict.example>\nS: 250 ok\n"
            + "C: RCPT TO:<bob@soft.example>\nS: 552 5.2.2 full\n"
            + "C: RSET\nS: 250 ok\n");
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(
            new Deferred(
                EnhancedStatus.of("4.5.0"), "552 5.2.2 full", Optional.of("mx.soft.example")));
  }

  private TlsServer certificate(Path folder, TestCertificates ca, String name) throws Exception {
    ca.issue(name).writeTo(folder);
    bench.tls = TlsClient.trusting(ca.writeAuthority(folder.resolve("ca.pem")));
    return new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  @Test
  void tlsIsUsedWhereItIsOffered(@TempDir Path folder) throws Exception {
    TlsServer tls = certificate(folder, new TestCertificates(), "mx.soft.example");
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            Optional.of(tls),
            STARTTLS + "S: 220 go\nS!: tls\n" + TAKES.substring("S: 220 mx\n".length()) + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
    assertThat(bench.events())
        .anyMatch(e -> e instanceof Event.TlsEstablished t && t.verification().equals("verified"));
  }

  @Test
  void anAddressGetsTlsToo(@TempDir Path folder) throws Exception {
    TlsServer tls = certificate(folder, new TestCertificates(), "mx.soft.example");
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            Optional.of(tls),
            STARTTLS
                + "S: 220 go\nS!: tls\n"
                + TAKES
                    .substring("S: 220 mx\n".length())
                    .replace("bob@soft.example", "bob@[127.9.0.1]")
                + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@[127.9.0.1]")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
    assertThat(bench.events())
        .anyMatch(
            e -> e instanceof Event.TlsEstablished t && t.verification().contains("is not for"));
  }

  @Test
  void aFailedHandshakeLeadsToAPlainConnection() throws Exception {
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            STARTTLS
                + "S: 220 go\nS!: raw no handshake at all\\r\\n\nS!: close\n----\n"
                + TAKES
                + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
    assertThat(bench.events()).anyMatch(Event.TlsFailed.class::isInstance);
  }

  @Test
  void aRefusedStartTlsGoesOnInTheClear() throws Exception {
    ScriptedServer server =
        bench.server("127.9.0.1", STARTTLS + "S: 454 4.7.0 not now\n" + MORE + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    bench.relay().close();
    server.assertFollowed();
  }

  private void require(Level level) {
    bench.tuning =
        s ->
            s.with(
                new Routes(
                    List.of(),
                    new Route.Via(
                        Domain.of("mx.soft.example"), s.port(), false, level, Optional.empty())));
  }

  @Test
  void requiredTlsIsNeverDoneWithout() throws Exception {
    require(Level.VERIFY);
    bench.server("127.9.0.1", HELLO + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Deferred.class, d -> assertThat(d.status()).isEqualTo(EnhancedStatus.of("4.7.4")));
  }

  @Test
  void requiredTlsWantsTheRightName(@TempDir Path folder) throws Exception {
    require(Level.VERIFY);
    TlsServer tls = certificate(folder, new TestCertificates(), "other.example");
    bench.server("127.9.0.1", Optional.of(tls), STARTTLS + "S: 220 go\nS!: tls\nC: never\n");
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Deferred.class,
            d -> {
              assertThat(d.status()).isEqualTo(EnhancedStatus.of("4.7.5"));
              assertThat(d.reason()).contains("other.example");
            });
  }

  @Test
  void onlyWhoNeedsSmtpUtf8FailsWithoutIt() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", HELLO + to("bob") + QUIT);
    List<Outcome> outcomes = bench.attempt(MESSAGE, "jürgen@soft.example", "bob@soft.example");
    bench.relay().close();
    server.assertFollowed();
    assertThat(outcomes.getFirst())
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.status()).isEqualTo(EnhancedStatus.of("5.6.7")));
    assertThat(outcomes.getLast()).isInstanceOf(Relayed.class);
  }

  @Test
  void nothingIsSmuggledOut() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", TAKES + QUIT);
    bench.attempt(
        "Subject: x\r\n\r\nhello\n.\nMAIL FROM:<mallory@evil.example>\r.\r\nRSET\n.\r\n",
        "bob@soft.example");
    bench.relay().close();
    server.assertFollowed();
    String sent =
        new String(server.messages().getFirst(), java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(sent)
        .isEqualTo(
            "Subject: x\r\n\r\nhello\r\n..\r\nMAIL FROM:<mallory@evil.example>\r\n..\r\nRSET\r\n..\r\n.\r\n");
  }
}
