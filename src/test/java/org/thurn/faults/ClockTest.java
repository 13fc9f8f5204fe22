package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;
import org.thurn.time.Time;

/** The wall clock jumps ahead by a month, and back. */
class ClockTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final String JUMP = "type=clock-jumped";

  @TempDir Path folder;

  /** The machine's clocks, the one on the wall set wrong. */
  private static final class WrongClock implements Time {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant now() {
      return Time.system().now().plus(ahead);
    }

    @Override
    public long ticks() {
      return Time.system().ticks();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      Time.system().pause(duration);
    }
  }

  private static void send(TestServer server, Mailbox to) throws IOException {
    try (LineClient client = server.connect("smtp")) {
      assertThat(GoodClient.deliver(client, to, "Hello.\r\n")).startsWith("250 ");
    }
  }

  private static String log(TestServer server) throws IOException {
    return Files.readString(server.state().resolve("mail.log"));
  }

  private static void awaitJumps(TestServer server, int jumps) throws Exception {
    TestServer.until(() -> log(server).split(JUMP, -1).length > jumps);
  }

  @Test
  void isNotedAndNothingExpiresThatWasNotTriedSince() throws Exception {
    WrongClock clock = new WrongClock();
    try (TestServer server = new TestServer(folder)) {
      server
          .configure(
              TestServer.listener("smtp", 0)
                  + "[intake]\ntrusted-networks = [\"127.0.0.0/8\"]\n"
                  + "[queue]\nfirst-retry = \"1s\"\nlongest-retry = \"1s\"\n")
          .start(clock);
      server.account(TestServer.ALICE);
      send(server, Mailbox.of("somebody@sender.example"));
      TestServer.until(() -> log(server).contains("type=deferred"));

      clock.ahead = MONTH;
      awaitJumps(server, 1);
      send(server, TestServer.ALICE);
      assertThat(server.inbox(TestServer.ALICE, 1)).hasSize(1);
      TestServer.until(() -> log(server).contains("type=expired"));
      String since = log(server).substring(log(server).indexOf(JUMP));
      assertThat(since.substring(0, since.indexOf("type=expired")))
          .contains("type=attempt-started");

      clock.ahead = Duration.ZERO;
      awaitJumps(server, 2);
      send(server, TestServer.ALICE);
      send(server, Mailbox.of("somebody@sender.example"));
      assertThat(server.inbox(TestServer.ALICE, 2)).hasSize(2);
      assertThat(server.server().inside().queue().ledger().expired()).isEqualTo(1);
    }
  }
}
