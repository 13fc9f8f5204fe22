package org.thurn.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.smtp.Verdict;
import org.thurn.time.Time;

/** What strangers try, each bounded and answered. */
@Timeout(60)
class DefencesTest {
  private static final SmtpServerSettings SMTP = Served.settings(Protocol.SMTP);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void whoTalksBeforeTheGreetingIsToldAndMayOnlyQuit() throws Exception {
    SmtpServerSettings settings =
        SMTP.withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(500));
    try (Served served = new Served(settings);
        Served.Client client = served.connect()) {
      assertThat(client.say("EHLO early.example")).startsWith("554 5.5.1 ");
      assertThat(client.hear()).startsWith("503 5.5.1 ");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 5.5.1 ");
      assertThat(client.say("QUIT")).startsWith("221 ");
      assertThat(client.line()).isEqualTo("CLOSED");
      try (Served.Client patient = served.connect()) {
        assertThat(patient.hear()).startsWith("220 ");
      }
    }
  }

  @Test
  void whoIsKnownToWaitIsNotHeldUpAgain() throws Exception {
    Duration delay = Duration.ofMillis(1500);
    SmtpServerSettings settings =
        SMTP.withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), delay);
    try (Served served = new Served(settings)) {
      assertThat(greetingTakes(served)).isGreaterThanOrEqualTo(delay);
      assertThat(greetingTakes(served)).isLessThan(delay);
    }
  }

  private static Duration greetingTakes(Served served) throws IOException {
    long began = System.nanoTime();
    try (Served.Client client = served.greeted()) {
      assertThat(client.say("QUIT")).startsWith("221 ");
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  @Test
  void whoIsNotWantedGets554AndMayOnlyQuit() throws Exception {
    try (Served served = new Served(SMTP)) {
      served.receiver.greeting(Verdict.reject(554, "5.7.1", "Go away", "a test"));
      try (Served.Client client = served.connect()) {
        assertThat(client.hear()).isEqualTo("554 5.7.1 Go away");
        assertThat(client.say("EHLO x")).startsWith("503 ");
        assertThat(client.say("QUIT")).startsWith("221 ");
      }
      assertThat(served.events("refused")).hasSize(1);
    }
  }

  @Test
  void anIdleClientIsLetGo() throws Exception {
    try (Served served = new Served(SMTP.withTimeouts(SHORT, SHORT, Duration.ZERO));
        Served.Client client = served.greeted()) {
      assertThat(client.hear()).isEqualTo("421 4.4.2 mx.example time out, closing connection");
      assertThat(client.line()).isEqualTo("CLOSED");
    }
  }

  @Test
  void anOctetNowAndThenIsNoCommand() throws Exception {
    try (Served served = new Served(SMTP.withTimeouts(SHORT, SHORT, Duration.ZERO));
        Served.Client client = served.greeted()) {
      Thread dribble = dribble(client);
      assertThat(client.hear()).startsWith("421 4.4.2 ");
      dribble.interrupt();
    }
  }

  @Test
  void anOctetNowAndThenIsNoMessage() throws Exception {
    try (Served served =
            new Served(SMTP.withTimeouts(Duration.ofSeconds(20), SHORT, Duration.ZERO));
        Served.Client client = served.greeted()) {
      client.say("HELO x");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<a@b.example>");
      client.say("DATA");
      Thread dribble = dribble(client);
      assertThat(client.hear()).startsWith("421 4.4.2 ");
      assertThat(served.receiver.aborted.poll(5, TimeUnit.SECONDS)).isEqualTo("a@b.example");
      dribble.interrupt();
    }
  }

  private static Thread dribble(Served.Client client) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  client.send("x");
                  Time.system().pause(Duration.ofMillis(40));
                }
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Test
  void whoNamesTooManyRecipientsCanStillSendToThoseThatWereTaken() throws Exception {
    try (Served served = new Served(SMTP.withLimits(20, 5, 20, 10));
        Served.Client client = served.greeted()) {
      client.say("HELO x");
      client.say("MAIL FROM:<a@b.example>");
      for (int i = 0; i < 20; i++) {
        assertThat(client.say("RCPT TO:<a@b.example>")).startsWith("250 ");
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.say("RCPT TO:<a@b.example>")).startsWith("452 4.5.3 ");
      }
      assertThat(client.say("DATA")).startsWith("354");
      assertThat(client.say("hello\r\n.")).startsWith("250");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<a@b.example>");
      client.send("RSET\r\n".repeat(20));
      for (int i = 0; i < 11; i++) {
        assertThat(client.hear()).startsWith("250 ");
      }
      assertThat(client.hear()).startsWith("421 4.7.0 ");
    }
  }

  @Test
  void aLineWithoutAnEndIsEnded() throws Exception {
    try (Served served = new Served(SMTP);
        Served.Client client = served.greeted()) {
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        client.send("x".repeat(10_000));
                      }
                    } catch (IOException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(client.hear())
          .isEqualTo("421 4.7.0 mx.example a line without an end, closing connection");
      client.socket().close();
      flood.join();
    }
  }

  @Test
  void aBugInTheReceiverEndsThatSessionOnly() throws Exception {
    try (Served served = new Served(SMTP);
        Served.Client client = served.greeted()) {
      client.say("HELO x");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<a@b.example>");
      client.say("DATA");
      assertThat(client.say("BUG\r\n.")).startsWith("421 4.3.0 ");
      assertThat(client.line()).isEqualTo("CLOSED");
      served.await("fault");
      assertThat(served.events("fault")).singleElement().asString().contains("a bug in finish");
      try (Served.Client next = served.connect()) {
        assertThat(next.hear()).startsWith("220 ");
      }
    }
  }

  @Test
  void aClientThatLeavesWithinItsMessageHasItAborted() throws Exception {
    try (Served served = new Served(SMTP)) {
      try (Served.Client client = served.greeted()) {
        client.say("HELO x");
        client.say("MAIL FROM:<a@b.example>");
        client.say("RCPT TO:<a@b.example>");
        client.say("DATA");
        client.send("half a mess");
      }
      assertThat(served.receiver.aborted.poll(5, TimeUnit.SECONDS)).isEqualTo("a@b.example");
      try (Served.Client client = served.greeted()) {
        client.say("HELO x");
        client.say("MAIL FROM:<b@b.example>");
        client.say("RCPT TO:<a@b.example>");
        client.send("BDAT 10\r\n0123456789BDAT 10 LAST\r\n01234");
        client.hear();
      }
      assertThat(served.receiver.aborted.poll(5, TimeUnit.SECONDS)).isEqualTo("b@b.example");
    }
  }

  @Test
  void aDrainLetsATransactionEndAndTakesNoOther() throws Exception {
    try (Served served = new Served(SMTP);
        Served.Client idle = served.greeted();
        Served.Client busy = served.greeted()) {
      busy.say("HELO x");
      busy.say("MAIL FROM:<a@b.example>");
      Thread drain =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      served.listener().drain(Duration.ofSeconds(20));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(idle.hear())
          .isEqualTo("421 4.3.2 mx.example the server is going down, closing connection");
      try (Served.Client late = served.connect()) {
        assertThat(late.hear()).startsWith("421 4.3.2 ");
      }
      assertThat(busy.say("RCPT TO:<a@b.example>")).startsWith("250");
      assertThat(busy.say("DATA")).startsWith("354");
      assertThat(busy.say("hello\r\n.")).startsWith("250");
      assertThat(busy.hear()).startsWith("421 4.3.2 ");
      drain.join();
    }
  }

  @Test
  void secretsStayOutOfTheJourney() throws Exception {
    try (Served served =
            new Served(Served.settings(Protocol.SUBMISSION).withAuth(true, 5, Duration.ZERO));
        Served.Client client = served.greeted()) {
      String secret = "AGFsaWNlAHdyb25n";
      client.say("EHLO x");
      client.say("AUTH PLAIN " + secret);
      client.say("AUTH PLAIN");
      client.say(secret);
      client.say("AUTH XYZZY");
      client.say(secret);
      client.say("AUTH PLAIN " + secret + " extra");
      client.say("QUIT");
      client.line();

      assertThat(served.events("command-received"))
          .hasSize(8)
          .noneMatch(event -> event.contains(secret))
          .anyMatch(event -> event.contains("AUTH PLAIN ***"));
      assertThat(served.events("authentication-failed")).hasSize(2);
    }
  }

  @Test
  void theTransactionsEventsCarryItsQueueId() throws Exception {
    try (Served served = new Served(SMTP);
        Served.Client client = served.greeted()) {
      client.say("HELO x");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<unknown@b.example>");
      client.say("RSET");
      client.say("NOOP");
      client.say("QUIT");
      client.line();

      assertThat(
              served.journey.stream()
                  .filter(entry -> entry.queue().isPresent())
                  .map(entry -> entry.event().type()))
          .startsWith(
              "command-received", "reply-sent", "command-received", "refused", "reply-sent");
      assertThat(served.journey.stream().map(entry -> entry.session()).distinct()).hasSize(1);
    }
  }

  @Test
  void repliesOfAGroupShareAPacketAndNeverWaitForMore() throws Exception {
    try (Served served = new Served(SMTP);
        Served.Client client = served.greeted()) {
      client.say("HELO x");
      // the second command is not whole: the first one's reply must not wait for it
      assertThat(client.send("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@").hear()).startsWith("250");
      assertThat(client.send("d.example>\r\n").hear()).startsWith("250");
      // neither may a reply wait for a chunk
      assertThat(client.send("RSET\r\nBDAT 4\r\n").hear()).startsWith("250");
      assertThat(client.send("QUIT").hear()).startsWith("503");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void garbageNeitherHangsNorKillsTheServer(long seed) throws Exception {
    Random random = new Random(seed);
    String[] pieces = {
      "HELO x\r\n",
      "EHLO y\r\n",
      "MAIL FROM:<a@b.example>\r\n",
      "RCPT TO:<c@d.example>\r\n",
      "DATA\r\n",
      "BDAT 3\r\n",
      "BDAT 0 LAST\r\n",
      "\r\n.\r\n",
      "RSET\r\n",
      "\n",
      "\r",
      ".",
      "AUTH PLAIN\r\n",
      "*\r\n",
      "STARTTLS\r\n",
      "\u0000",
      "é",
      "QUIT\r\n",
      "NOOP ",
      "<>",
      "SIZE=1"
    };
    try (Served served =
        new Served(
            SMTP.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO))) {
      for (int session = 0; session < 50; session++) {
        try (Served.Client client = served.connect()) {
          StringBuilder garbage = new StringBuilder();
          for (int n = random.nextInt(60); n > 0; n--) {
            garbage.append(pieces[random.nextInt(pieces.length)]);
          }
          client.send(garbage.toString());
          client.socket().shutdownOutput();
          String line = client.line();
          while (!line.equals("CLOSED")) {
            assertThat(line).matches("[2345][0-9][0-9][ -].*");
            line = client.line();
          }
        } catch (java.net.SocketException e) {
          // a session that ended while we still sent: allowed, the next one tells
          assertThat(served.listener().connections()).isLessThan(50);
        }
      }
      assertThat(served.events("fault")).isEmpty();
      try (Served.Client client = served.connect()) {
        assertThat(client.hear()).startsWith("220 ");
      }
    }
  }
}
