package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.faults.RealServer.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.server.TestServer;
import org.thurn.testing.Programs;
import org.thurn.testing.Shim;

/** A disk that takes nothing for a while: its syncs fail, or it is read-only. */
class FailingDiskTest {
  private static final String SETTINGS =
      TestServer.listener("smtp", 0)
          + TestServer.listener("imap", 0)
          + "[intake]\nreject-sender-without-mx = false\ndisk-reserve-octets = 0\n";
  private static final String LARGE = "x".repeat(70).concat("\r\n").repeat(20_000);

  @TempDir Path folder;

  private Path switchOf() {
    return folder.resolve("trouble");
  }

  private void trouble(String letter) throws Exception {
    Path fresh = Files.writeString(folder.resolve("trouble.new"), letter);
    Files.move(fresh, switchOf(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private RealServer start() throws Exception {
    List<String> preload =
        List.of(
            "env",
            "LD_PRELOAD=" + Shim.compile(Programs.require("cc"), folder, "diskfault"),
            "THURN_DISKFAULT=" + switchOf(),
            "THURN_DISKFAULT_ROOT=" + folder.resolve("state"));
    return RealServer.in(folder).configure(SETTINGS).wrapped(preload).start();
  }

  private static String send(RealServer server, String text) throws Exception {
    try (LineClient client = server.connect("smtp")) {
      return GoodClient.deliver(client, ALICE, text);
    }
  }

  private void failsAndReturns(String letter) throws Exception {
    try (RealServer server = start()) {
      assertThat(send(server, "Before.\r\n")).startsWith("250 ");
      TestServer.until(() -> server.ledger("open") == 0);

      trouble(letter);
      for (int i = 0; i < 3; i++) {
        assertThat(send(server, "Not now.\r\n")).startsWith("451 4.3.0 ");
      }
      assertThat(send(server, LARGE)).startsWith("451 4.3.0 ");

      trouble("-");
      TestServer.until(() -> send(server, "After.\r\n").startsWith("250 "));
      assertThat(send(server, LARGE)).startsWith("250 ");
      TestServer.until(() -> server.log().contains("type=fault")); // mail.log could not be written
      server.restart();
      TestServer.until(() -> server.ledger("open") == 0);
      // what was told to come later may be there, too
      assertThat(server.inbox(ALICE)).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void nothingIsAcknowledgedThatDidNotReachTheDisk() throws Exception {
    failsAndReturns("s");
  }

  @Test
  void aReadOnlyDiskDefersMailUntilItCanBeWritten() throws Exception {
    failsAndReturns("r");
  }
}
