package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.faults.RealServer.ALICE;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.server.TestServer;

/** The disk of the state fills up: in time, down to the reserve, and wholly, without one. */
class FullDiskTest {
  private static final int RESERVE = 32 << 20;
  private static final String SETTINGS =
      TestServer.listener("smtp", 0)
          + TestServer.listener("imap", 0)
          + "[queue]\nfirst-retry = \"1s\"\nlongest-retry = \"2s\"\n"
          + "[intake]\nreject-sender-without-mx = false\ndisk-reserve-octets = ";
  private static final String FULL = "452 4.3.1 ";

  @TempDir Path folder;

  private static String send(RealServer server, String text) throws Exception {
    try (LineClient client = server.connect("smtp")) {
      return GoodClient.deliver(client, ALICE, text);
    }
  }

  private static void sendUntilTaken(RealServer server) throws Exception {
    TestServer.until(() -> send(server, "Back again.\r\n").startsWith("250 "));
  }

  private static void awaitSettled(RealServer server) throws Exception {
    TestServer.until(() -> server.ledger("open") == 0);
  }

  @Test
  void belowTheReserveNothingIsTakenAndEverythingElseGoesOn() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("state/store"), 96);
        RealServer server = RealServer.on(disk, folder)) {
      server.configure(SETTINGS + RESERVE + "\n");
      server.start();
      for (int i = 0; i < 5; i++) {
        assertThat(send(server, "Kept.\r\n")).startsWith("250 ");
      }
      awaitSettled(server);
      disk.fill(RESERVE / 2);

      assertThat(send(server, "Too late.\r\n")).startsWith(FULL);
      appendIsRefused(server);
      expungeOne(server);
      assertThat(server.inbox(ALICE)).isEqualTo(4);

      disk.makeRoom();
      sendUntilTaken(server);
      awaitSettled(server);
      server.restart();
      assertThat(server.inbox(ALICE)).isEqualTo(5);
    }
  }

  /** Before the literal is sent, and the connection goes on. */
  private static void appendIsRefused(RealServer server) throws Exception {
    try (LineClient client = server.imap(ALICE)) {
      assertThat(client.command("p", "APPEND INBOX {5}")).startsWith("p NO [UNAVAILABLE] ");
      assertThat(client.command("q", "APPEND INBOX {5+}\r\nHello"))
          .startsWith("q NO [UNAVAILABLE] ");
      assertThat(client.command("r", "NOOP")).contains("r OK");
    }
  }

  private static void expungeOne(RealServer server) throws Exception {
    try (LineClient client = server.imap(ALICE)) {
      for (String command :
          new String[] {"SELECT INBOX", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE"}) {
        assertThat(client.command("e", command)).contains("e OK");
      }
    }
  }

  /** Some 280 KB that stay as many on the disk. */
  private static String incompressible() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 4_000; line++) {
      ThreadLocalRandom.current().ints(70, 'A', 'z').forEach(octet -> text.append((char) octet));
      text.append("\r\n");
    }
    return text.toString();
  }

  @Test
  void onADiskThatIsFullToTheLastOctetNothingAcknowledgedIsLost() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("state/store"), 64);
        RealServer server = RealServer.on(disk, folder)) {
      server.configure(SETTINGS + "0\n");
      server.start();
      int taken = 0;
      for (; taken < 3; taken++) {
        assertThat(send(server, "Kept.\r\n")).startsWith("250 ");
      }
      disk.fill(256 << 10);
      int refused = 0;
      for (int i = 0; i < 60 && refused < 3; i++) {
        String reply = send(server, incompressible());
        assertThat(reply).matches("250 .*|452 4\\.3\\.1 .*");
        refused += reply.startsWith(FULL) ? 1 : 0;
        taken += reply.startsWith("250 ") ? 1 : 0;
      }
      assertThat(refused).isEqualTo(3);

      disk.makeRoom();
      sendUntilTaken(server);
      taken++;
      awaitSettled(server);
      // what was refused at a commit of unknown outcome may be there: its sender tries again
      assertThat(server.inbox(ALICE)).isBetween(taken, taken + refused);
      server.restart();
      assertThat(server.inbox(ALICE)).isBetween(taken, taken + refused);
      assertThat(server.log()).contains("type=fault");
    }
  }
}
