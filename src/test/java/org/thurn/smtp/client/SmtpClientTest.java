package org.thurn.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.net.Connector;
import org.thurn.sasl.SaslClients;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.Notify;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Ret;
import org.thurn.smtp.client.RecipientResult.Refused;
import org.thurn.smtp.client.RecipientResult.Taken;
import org.thurn.smtp.client.RecipientResult.Unknown;
import org.thurn.smtp.client.Transaction.Addressee;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;

@Timeout(30)
class SmtpClientTest {
  private static final Domain CLIENT = Domain.of("client.example");
  private static final ReversePath ALICE = ReversePath.of(Mailbox.of("alice@strict.example"));
  private static final Addressee BOB =
      new Addressee(Mailbox.of("bob@soft.example"), RcptParameters.NONE);
  private static final Addressee NOBODY =
      new Addressee(Mailbox.of("nobody@soft.example"), RcptParameters.NONE);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Optional<TlsServer> tls = Optional.empty();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private ScriptedServer server(String text) {
    ScriptedServer server = new ScriptedServer("127.0.0.1", 0, tls.map(t -> t), text);
    open.add(server);
    return server;
  }

  private SmtpClient client(ScriptedServer server, Timeouts timeouts) throws IOException {
    Connector connector = new Connector();
    Journey journey =
        Journey.to(entry -> events.add(entry.event()), Time.system(), new Ids(Time.system()))
            .newSession();
    SmtpClient client =
        new SmtpClient(
            connector.connect(server.address(), Optional.empty(), Connector.Timeouts.DEFAULT),
            timeouts,
            Time.system(),
            journey);
    open.add(client);
    open.add(connector);
    return client;
  }

  /** A client that was greeted. */
  private SmtpClient ready(ScriptedServer server) throws IOException {
    SmtpClient client = client(server, Timeouts.all(Duration.ofSeconds(5)));
    assertThat(client.greeting().code()).isEqualTo(220);
    assertThat(client.hello(CLIENT).code()).isEqualTo(250);
    return client;
  }

  private static Transaction to(Addressee... addressees) {
    return new Transaction(ALICE, MailParameters.NONE, List.of(addressees), out -> out.write('x'));
  }

  private static Transaction.Content octets(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void sendsOneGroupWhereTheServerPipelines() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("pipelined.txt"));
    SmtpClient client = ready(server);
    assertThat(client.extensions().maxSize()).hasValue(1_000_000);
    MailParameters parameters =
        new MailParameters(
            OptionalLong.of(21),
            BodyType.EIGHT_BIT_MIME,
            true,
            false,
            Optional.of(Ret.HDRS),
            Optional.of("a+b"),
            Optional.of("alice@strict.example"));
    Addressee asking =
        new Addressee(
            BOB.address(),
            new RcptParameters(
                Set.of(Notify.FAILURE, Notify.SUCCESS), Optional.of("rfc822;bob@list.example")));

    List<RecipientResult> results =
        client.send(
            new Transaction(
                ALICE, parameters, List.of(asking, NOBODY), octets("Subject: hello\n\n.dot")));
    client.quit();

    server.assertFollowed();
    assertThat(results)
        .containsExactly(
            new Taken(Reply.of(250, "2.0.0", "queued as 1")),
            new Refused("RCPT", Reply.of(550, "5.1.1", "no such user")));
    assertThat(events).contains(new Event.CommandSent("."));
    assertThat(events).last().isInstanceOf(Event.ConnectionClosed.class);
  }

  @Test
  void fallsBackToHeloAndAsksForNothingThere() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("helo.txt"));
    SmtpClient client = ready(server);
    assertThat(client.extensions()).isEqualTo(Extensions.NONE);
    MailParameters parameters =
        new MailParameters(
            OptionalLong.of(21),
            BodyType.SEVEN_BIT,
            false,
            false,
            Optional.of(Ret.FULL),
            Optional.of("id"),
            Optional.empty());

    List<RecipientResult> results =
        client.send(
            new Transaction(
                ReversePath.Null.INSTANCE,
                parameters,
                List.of(BOB),
                octets("Subject: hello\r\n\r\n.dot\r\n")));
    client.quit();

    server.assertFollowed();
    assertThat(results).hasOnlyElementsOfType(Taken.class);
  }

  @Test
  void whatNeedsAnExtensionIsNotSentWithoutIt() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("helo.txt"));
    SmtpClient client = ready(server);
    MailParameters binary =
        new MailParameters(
            OptionalLong.empty(),
            BodyType.BINARY_MIME,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> client.send(new Transaction(ALICE, binary, List.of(BOB), octets("x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final MailParameters BINARY =
      new MailParameters(
          OptionalLong.empty(),
          BodyType.BINARY_MIME,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @Test
  void binaryGoesByBdatOctetForOctet() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("bdat.txt"));
    SmtpClient client = ready(server);
    String message = "\n.\r\n\0".repeat(53000).substring(0, Chunks.CHUNK + 10);

    List<RecipientResult> results =
        client.send(new Transaction(ALICE, BINARY, List.of(BOB), octets(message)));
    client.quit();

    server.assertFollowed();
    assertThat(results).hasOnlyElementsOfType(Taken.class);
    StringBuilder got = new StringBuilder();
    server.messages().forEach(m -> got.append(new String(m, StandardCharsets.ISO_8859_1)));
    assertThat(got.toString()).isEqualTo(message);
  }

  @Test
  void nothingFollowsARefusedChunk() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("bdat-refused.txt"));
    SmtpClient client = ready(server);
    List<RecipientResult> results =
        client.send(new Transaction(ALICE, BINARY, List.of(BOB), octets("x".repeat(1_000_000))));
    client.quit();
    server.assertFollowed();
    assertThat(results).containsExactly(new Refused("BDAT", Reply.of(452, "4.3.1", "disk full")));
  }

  @Test
  void aMessageWithoutRecipientsIsEndedAtOnceAndTheNextOneBeginsClean() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("nobody.txt"));
    SmtpClient client = ready(server);
    List<RecipientResult> refused =
        List.of(
            new Refused("RCPT", Reply.of(550, "5.1.1", "no bob")),
            new Refused("RCPT", Reply.of(450, "4.2.1", "later")));
    assertThat(client.send(to(BOB, NOBODY))).isEqualTo(refused);
    assertThat(client.send(to(BOB, NOBODY))).isEqualTo(refused);
    client.quit();
    server.assertFollowed();
  }

  @Test
  void aRefusedSenderIsEverybodysAnswer() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("mail-refused.txt"));
    SmtpClient client = ready(server);
    Refused refused = new Refused("MAIL", Reply.of(550, "5.7.1", "not you"));
    assertThat(client.send(to(BOB, NOBODY))).containsExactly(refused, refused);
    client.quit();
    server.assertFollowed();
  }

  @Test
  void a421EndsTheSessionForAll() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("shutdown.txt"));
    SmtpClient client = ready(server);
    Refused refused = new Refused("RCPT", Reply.of(421, "4.3.2", "going down"));
    assertThat(client.send(to(BOB, NOBODY))).containsExactly(refused, refused);
    assertThat(client.usable()).isFalse();
    client.quit();
    server.assertFollowed();
  }

  @Test
  void silenceAfterTheMessageLeavesItOpenWhetherItWasTaken() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("silent.txt"));
    SmtpClient client = ready(server);
    List<RecipientResult> results = client.send(to(BOB, NOBODY));
    assertThat(results.getFirst()).isInstanceOf(Unknown.class);
    assertThat(results.getLast()).isInstanceOf(Refused.class);
    assertThat(client.usable()).isFalse();
    client.close();
    server.assertFollowed();
  }

  @Test
  void aMessageThatCannotBeReadIsNeverEnded() throws Exception {
    ScriptedServer server =
        server(ScriptedServer.transcript("silent.txt").replace("C*: message\n", ""));
    SmtpClient client = ready(server);
    Transaction broken =
        new Transaction(
            ALICE,
            MailParameters.NONE,
            List.of(BOB, NOBODY),
            out -> {
              out.write("half".getBytes(StandardCharsets.US_ASCII));
              throw new IOException("the disk is gone");
            });
    assertThatThrownBy(() -> client.send(broken)).hasMessage("the disk is gone");
    assertThat(events).doesNotContain(new Event.CommandSent("."));
  }

  @Test
  void whatWasLearntBeforeTheHandshakeIsForgotten(@TempDir Path folder) throws Exception {
    TestCertificates ca = new TestCertificates();
    ca.issue("mx.test").writeTo(folder);
    tls = Optional.of(new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem")));
    ScriptedServer server = server(ScriptedServer.transcript("starttls.txt"));
    SmtpClient client = ready(server);
    TlsClient trusting = TlsClient.trusting(ca.writeAuthority(folder.resolve("ca.pem")));

    assertThat(client.startTls(trusting.required(Domain.of("mx.test"))).code()).isEqualTo(220);
    assertThat(client.extensions()).isEqualTo(Extensions.NONE);
    assertThat(client.hello(CLIENT).lines()).containsExactly("mx.test", "PIPELINING");
    assertThat(client.extensions().offered()).containsExactly(Extension.PIPELINING);
    client.quit();

    server.assertFollowed();
    assertThat(events)
        .anyMatch(e -> e instanceof Event.TlsEstablished t && t.verification().equals("verified"));
  }

  @Test
  void doesNotGoOnWhereWordsWereInjectedBeforeTheHandshake() throws Exception {
    String script = "S: 220 mx\nC: EHLO client.example\nS: 250-mx\nS: 250 STARTTLS\n";
    ScriptedServer server =
        server(script + "C: STARTTLS\nS!: raw 220 go\\r\\n250 injected\\r\\n\nC: never\n");
    SmtpClient client = ready(server);

    assertThatThrownBy(() -> client.startTls(plain -> fail("the handshake began")))
        .isInstanceOf(TlsHandshakeException.class)
        .hasMessage("more came with the reply to STARTTLS, in the clear");
    assertThat(client.usable()).isFalse();
    assertThat(events).anyMatch(Event.TlsFailed.class::isInstance);
  }

  @Test
  void logsInAndKeepsTheSecretOutOfTheJourney() throws Exception {
    ScriptedServer server = server(ScriptedServer.transcript("auth.txt"));
    SmtpClient client = ready(server);
    assertThat(client.extensions().mechanisms()).containsExactly("LOGIN", "PLAIN");
    var plain = new SaslClients().choose(client.extensions().mechanisms(), "alice", "secret", true);
    assertThat(client.authenticate(plain.orElseThrow(), "alice").code()).isEqualTo(535);
    assertThat(client.authenticate(new LoginClient("alice", "secret"), "alice").code())
        .isEqualTo(235);
    assertThat(client.authenticate(new LoginClient("alice", "secret"), "alice").code())
        .isEqualTo(501);
    assertThat(client.authenticate(new LoginClient("alice", "secret"), "alice").code())
        .isEqualTo(501);
    client.quit();
    server.assertFollowed();
    assertThat(events.toString())
        .contains("AUTH PLAIN ***")
        .doesNotContain("AGFsaWNl", "c2VjcmV0", "secret");
    assertThat(events).contains(new Event.AuthenticationSucceeded("LOGIN", "alice"));
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    ScriptedServer server = server("C: never\n");
    SmtpClient client = client(server, Timeouts.all(Duration.ofMillis(100)));
    assertThatThrownBy(client::greeting).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aServerThatIsNotSmtpIsGivenUp() throws Exception {
    ScriptedServer server = server("S: SSH-2.0-OpenSSH_9.9\nS!: close\n");
    SmtpClient client = client(server, Timeouts.all(Duration.ofSeconds(5)));
    assertThatThrownBy(client::greeting)
        .isInstanceOf(ReplySyntaxException.class)
        .hasMessageContaining("SSH-2.0");
  }

  @Test
  void verifyingEndsBeforeTheMessage() throws Exception {
    ScriptedServer server =
        server(
            """
            S: 220 mx.test ESMTP
            C: EHLO client.example
            S: 250 mx.test
            C: MAIL FROM:<>
            S: 250 2.1.0 OK
            C: RCPT TO:<bob@soft.example>
            S: 250 2.1.5 OK
            C: RCPT TO:<nobody@soft.example>
            S: 550 5.1.1 no such user
            C: RSET
            S: 250 2.0.0 OK
            C: MAIL FROM:<alice@strict.example>
            S: 550 5.7.1 not you
            C: RSET
            S: 250 2.0.0 OK
            C: MAIL FROM:<>
            S: 250 2.1.0 OK
            C: RCPT TO:<bob@soft.example>
            S: 421 4.3.2 closing
            """);
    SmtpClient client = ready(server);
    List<Mailbox> both = List.of(BOB.address(), NOBODY.address());
    assertThat(client.verify(ReversePath.Null.INSTANCE, both))
        .extracting(Reply::code)
        .containsExactly(250, 550);
    assertThat(client.verify(ALICE, both)).extracting(Reply::code).containsExactly(550, 550);
    assertThat(client.usable()).isTrue();
    assertThat(client.verify(ReversePath.Null.INSTANCE, both))
        .extracting(Reply::code)
        .containsExactly(421, 421);
    assertThat(client.usable()).isFalse();
    client.close();
    server.assertFollowed();
  }
}
