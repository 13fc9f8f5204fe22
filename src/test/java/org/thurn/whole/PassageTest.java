package org.thurn.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.QueueId;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.net.IpNetwork;
import org.thurn.server.Settings;
import org.thurn.whole.SmallInternet.Character;

/** Mail from one server through another, to a mailbox or to a server of the old days. */
@Timeout(120)
class PassageTest {
  private static final Mailbox ALICE = Mailbox.of("alice@a.example");
  private static final Mailbox JUERGEN = Mailbox.of("jürgen@bücher.example");
  private static final Mailbox CAROL = Mailbox.of("carol@bücher.example");
  private static final Mailbox DAVE = Mailbox.of("dave@bücher.example");
  private static final String MESSAGE = "From: alice@a.example\r\nSubject: hi\r\n\r\nhello";
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      mx.a.example. 60 IN A 127.26.0.1
      xn--bcher-kva.example. 60 IN MX 10 mx.b.example.
      mx.b.example. 60 IN A 127.26.0.2
      sink.example. 60 IN MX 10 mx.sink.example.
      xn--mnchen-3ya.example. 60 IN MX 10 mx.sink.example.
      far.example. 60 IN MX 10 mx.sink.example.
      mx.sink.example. 60 IN A 127.26.0.9
      """;

  @TempDir static Path folder;
  private static SmallInternet internet;
  private static SmallInternet.Host a;
  private static SmallInternet.Host b;
  private static Sink sink;

  @BeforeAll
  static void open() throws Exception {
    internet = new SmallInternet(folder, ZONE);
    Settings.Route byB =
        new Settings.Route(
            Host.parse("[127.26.0.2]"),
            internet.port,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    a =
        internet.host(
            "mx.a.example",
            "127.26.0.1",
            new Character(Map.of("far.example", byB), List.of(), 1_000, Settings.Queue.USUAL));
    Settings.Queue hasty =
        new Settings.Queue(
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMillis(800));
    b =
        internet.host(
            "mx.b.example",
            "127.26.0.2",
            new Character(Map.of(), List.of(IpNetwork.parse("127.26.0.1/32")), 3, hasty));
    sink = internet.sink("127.26.0.9");
    a.account(ALICE);
    b.account(JUERGEN);
    b.account(CAROL);
    b.account(DAVE);
  }

  @AfterAll
  static void close() throws Exception {
    internet.close();
  }

  @BeforeEach
  void reset() {
    sink.toRcpt = "250 ok";
    sink.commands.clear();
    sink.messages.clear();
  }

  /** From alice; the queue id. */
  private static String sent(String mail, String recipient, String message) throws IOException {
    try (Talker talker = a.submit(ALICE)) {
      String reply = talker.send(mail, List.of(recipient), message);
      assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
      return reply.substring(reply.lastIndexOf(' ') + 1);
    }
  }

  private static String sent(String recipient) throws IOException {
    return sent("<alice@a.example>", recipient, MESSAGE);
  }

  @Test
  void theServerThatDeliversTellsOfSuccess() throws IOException {
    int before = a.inbox(ALICE).size();
    sent(
        "<alice@a.example> ENVID=QQ+2B1 RET=HDRS",
        "<carol@xn--bcher-kva.example> NOTIFY=SUCCESS,DELAY",
        MESSAGE);
    assertThat(a.mailAfter(before, ALICE))
        .startsWith("Return-Path: <>")
        .contains("Original-Envelope-Id: QQ+1", "Action: delivered", "Reporting-MTA: dns; mx.b.");
    a.awaitEmptyQueue();
    assertThat(a.inbox(ALICE)).hasSize(before + 1);
  }

  @Test
  void whereTheNextHopLacksDsnWeSayRelayed() throws IOException {
    int before = a.inbox(ALICE).size();
    sent("<bob@sink.example> NOTIFY=SUCCESS");
    assertThat(a.mailAfter(before, ALICE))
        .contains("Action: relayed", "Remote-MTA: dns; mx.sink.example");
    assertThat(sink.commands).contains("RCPT TO:<bob@sink.example>");
  }

  @Test
  void aFailureIsToldInTheRemotesWordsUnlessNobodyWantsToKnow() throws IOException {
    sink.toRcpt = "550 5.1.1 nobody of that name";
    int before = a.inbox(ALICE).size();
    sent("<bob@sink.example>");
    assertThat(a.mailAfter(before, ALICE))
        .contains("Action: failed", "Diagnostic-Code: smtp; 550 5.1.1 nobody of that name");
    List<String> quiet =
        List.of(
            sent("<bob@sink.example> NOTIFY=NEVER"),
            sent("<bob@sink.example> NOTIFY=SUCCESS,DELAY"),
            sent("<>", "<bob@sink.example>", MESSAGE));
    a.awaitEmptyQueue();
    assertThat(a.inbox(ALICE)).hasSize(before + 1);
    for (String id : quiet) {
      assertThat(a.journey(id))
          .anyMatch(event -> event.startsWith("bounced "))
          .noneMatch(event -> event.startsWith("notification-queued "));
    }
  }

  @Test
  void nothingIsSmuggledThroughUs() throws IOException {
    String evil =
        MESSAGE
            + "\r\n\n.\nMAIL FROM:<x@y>\nRCPT TO:<z@y>\nDATA\nevil\n.\r\n"
            + "\r.\rMAIL FROM:<x@y>\r\n.\nMAIL FROM:<x@y>\r\n.\r\nMAIL FROM:<x@y>\r\n";
    try (Talker talker = a.submit(ALICE)) {
      for (String body : List.of("7BIT", "8BITMIME", "BINARYMIME")) {
        assertThat(talker.sendChunk("<alice@a.example> BODY=" + body, "<bob@sink.example>", evil))
            .startsWith("250 ");
      }
    }
    a.awaitEmptyQueue();
    assertThat(sink.messages)
        .hasSize(3)
        .allSatisfy(message -> assertThat(message).doesNotContain("\r").contains("evil\n..\n"));
    assertThat(sink.commands)
        .filteredOn(command -> command.startsWith("MAIL"))
        .allMatch(command -> command.startsWith("MAIL FROM:<alice@a.example>"));
  }

  @Test
  void utf8AddressesGoBothWays() throws IOException {
    int before = b.inbox(JUERGEN).size();
    sent("<alice@a.example> SMTPUTF8", "<jürgen@bücher.example>", MESSAGE);
    assertThat(b.mailAfter(before, JUERGEN)).contains(" UTF8SMTP id ", " UTF8SMTPA id ");
    int answers = a.inbox(ALICE).size();
    try (Talker talker = b.submit(JUERGEN)) {
      String answer = "From: jürgen@bücher.example\r\nSubject: grüße\r\n\r\nschön";
      assertThat(
              talker.send(
                  "<jürgen@bücher.example> SMTPUTF8 BODY=8BITMIME",
                  List.of("<alice@a.example>"),
                  answer))
          .startsWith("250 ");
    }
    assertThat(a.mailAfter(answers, ALICE))
        .startsWith("Return-Path: <jürgen@")
        .contains("Subject: grüße", "schön");
  }

  @Test
  void aUtf8AddressComesBackFromWhereNobodyKnowsIt() throws IOException {
    int before = a.inbox(ALICE).size();
    sent("<alice@a.example> SMTPUTF8", "<jürgen@sink.example>", MESSAGE);
    assertThat(a.mailAfter(before, ALICE))
        .contains("Action: failed", "Status: 5.6.7", "Final-Recipient: utf-8; jürgen@sink.example");
    assertThat(sink.commands).noneMatch(command -> command.startsWith("RCPT"));
  }

  @Test
  void aDomainBeyondAsciiNeedsNobodysSmtpUtf8() throws IOException {
    sent("<alice@a.example> SMTPUTF8", "<bob@münchen.example>", MESSAGE);
    SmallInternet.await(() -> !sink.messages.isEmpty(), () -> "nothing came: " + sink.commands);
    assertThat(sink.commands).contains("RCPT TO:<bob@xn--mnchen-3ya.example>");
  }

  @Test
  void aRouteLeadsThroughAServerThatTrustsUsAndNobodyElse() throws IOException {
    sent("<bob@far.example>");
    SmallInternet.await(() -> !sink.messages.isEmpty(), () -> "nothing came: " + sink.commands);
    assertThat(sink.messages.getFirst()).contains("by mx.a.example ", "by mx.b.example ");
    try (Talker stranger = Talker.to(b.smtp())) {
      assertThat(stranger.send("<alice@a.example>", List.of("<bob@far.example>"), MESSAGE))
          .startsWith("550 5.7.1 ");
    }
  }

  @Test
  void oneAccountSendsSoManyMessagesAnHour() throws IOException {
    String message = "From: carol@xn--bcher-kva.example\r\n\r\nspam";
    try (Talker talker = b.submit(CAROL)) {
      for (int i = 0; i < 3; i++) {
        assertThat(
                talker.send(
                    "<carol@xn--bcher-kva.example>", List.of("<bob@sink.example>"), message))
            .startsWith("250 ");
      }
      assertThat(talker.say("MAIL FROM:<carol@xn--bcher-kva.example>")).startsWith("450 4.7.1 ");
    }
  }

  @Test
  void lmtpOnAUnixSocketAnswersForEachAndHasAWholeJourney() throws IOException {
    int before = a.inbox(ALICE).size();
    String id;
    try (Talker talker = Talker.lmtp(a.lmtp())) {
      assertThat(talker.say("MAIL FROM:<filter@nowhere.example>")).startsWith("250 ");
      assertThat(talker.say("RCPT TO:<alice@a.example>")).startsWith("250 ");
      assertThat(talker.say("RCPT TO:<nobody@a.example>")).startsWith("550 5.1.1 ");
      assertThat(talker.say("RCPT TO:<bob@sink.example>")).startsWith("550 5.7.1 ");
      assertThat(talker.say("RCPT TO:<postmaster>")).startsWith("250 ");
      assertThat(talker.say("DATA")).startsWith("354 ");
      String first = talker.say(MESSAGE + "\r\n.");
      assertThat(talker.hear()).isEqualTo(first).startsWith("250 2.0.0 Ok: queued as ");
      id = first.substring(first.lastIndexOf(' ') + 1);
      assertThat(talker.say("QUIT")).startsWith("221 ");
    }
    assertThat(a.mailAfter(before, ALICE)).contains("(Unix socket) by mx.a.example", "with LMTP");
    a.awaitEmptyQueue();
    List<String> journey = a.journey(id);
    for (String step :
        List.of("connection-accepted ", "command-received ", "reply-sent ", "accepted ")) {
      assertThat(journey).anyMatch(event -> event.startsWith(step));
    }
    assertThat(journey.getFirst()).contains("protocol=lmtp", "unix");
    assertThat(journey).anyMatch(event -> event.startsWith("stored "));
  }

  @Test
  void aMessageThatCannotLeaveIsHeldReleasedRetriedAndDropped() throws IOException {
    sink.toRcpt = "450 4.2.1 not now";
    QueueId id = new QueueId(sent("<bob@sink.example>"));
    SmallInternet.await(() -> attempts() == 1, () -> "" + sink.commands);
    SmallInternet.await(() -> deferred(id) == 1, () -> "" + a.inside().queue().find(id));
    assertThat(a.inside().queue().hold(id, "test")).isTrue();
    assertThat(a.inside().queue().retry(id, "test")).isTrue();
    assertThat(deferred(id)).as("held, it waits").isEqualTo(1);
    assertThat(a.inside().queue().release(id, "test")).isTrue();
    SmallInternet.await(() -> deferred(id) == 2, () -> "" + a.inside().queue().find(id));
    assertThat(a.inside().queue().retry(id, "test")).isTrue();
    SmallInternet.await(() -> deferred(id) == 3, () -> "" + a.inside().queue().find(id));
    assertThat(a.inside().queue().drop(id, "test")).isTrue();
    assertThat(a.inside().queue().find(id)).isEmpty();
    assertThat(attempts()).isEqualTo(3);
    assertThat(a.inside().queue().ledger().balanced()).isTrue();
  }

  @Test
  void aMessageThatCannotLeaveIsRetriedThenToldOfAndGivenUp() throws IOException {
    sink.toRcpt = "450 4.2.1 not now";
    try (Talker talker = b.submit(DAVE)) {
      assertThat(
              talker.send(
                  "<dave@xn--bcher-kva.example>",
                  List.of("<bob@sink.example>"),
                  "From: dave@xn--bcher-kva.example\r\n\r\nurgent"))
          .startsWith("250 ");
    }
    assertThat(b.mailAfter(0, DAVE))
        .contains("Action: delayed", "Status: 4.2.1", "Will-Retry-Until: ", "450 4.2.1 not now");
    assertThat(b.mailAfter(1, DAVE)).contains("Action: failed", "450 4.2.1 not now");
    b.awaitEmptyQueue();
    assertThat(attempts()).isGreaterThan(2);
    assertThat(b.inbox(DAVE)).hasSize(2);
    assertThat(b.inside().queue().ledger().expired()).isEqualTo(1);
  }

  private static long attempts() {
    return sink.commands.stream().filter(command -> command.startsWith("RCPT")).count();
  }

  private static int deferred(QueueId id) {
    return a.inside().queue().find(id).orElseThrow().recipients().getFirst().attempts();
  }
}
