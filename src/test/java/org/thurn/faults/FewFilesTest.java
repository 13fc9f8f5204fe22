package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.server.TestServer;
import org.thurn.testing.Programs;

/** A process that may open few files is asked for more connections than it has. */
class FewFilesTest {
  @TempDir Path folder;

  @Test
  void connectionsBeyondAreShedAndServedAgainWhenOthersGo() throws Exception {
    Programs.require("sh");
    List<String> few = List.of("sh", "-c", "ulimit -n 256 && exec \"$@\"", "sh");
    List<LineClient> many = new ArrayList<>();
    try (RealServer server =
        RealServer.in(folder)
            .configure(
                TestServer.listener("smtp", 0)
                    + TestServer.listener("imap", 0)
                    + "[intake]\nreject-sender-without-mx = false\n")
            .wrapped(few)
            .start()) {
      int port = server.port("smtp");
      GoodClient good = new GoodClient(port);
      for (int i = 0; i < 300; i++) {
        many.add(new LineClient(port));
      }
      int greeted = 0;
      int refused = 0;
      for (LineClient client : many) {
        String line = client.line();
        greeted += line.startsWith("220 ") ? 1 : 0;
        refused += line.startsWith("421 ") ? 1 : 0;
      }
      assertThat(greeted).isEqualTo(72);
      assertThat(refused).isPositive();
      assertThat(server.inbox(RealServer.ALICE)).as("IMAP has its share").isEqualTo(5);
      for (LineClient client : many) {
        client.close();
      }
      many.clear();

      TestServer.until(() -> good.send().isPositive());
      good.sendQuickly();
      assertThat(server.process().isAlive()).isTrue();
      server.restart();
      assertThat(server.inbox(RealServer.ALICE)).isGreaterThanOrEqualTo(7);
    } finally {
      for (LineClient client : many) {
        client.close();
      }
    }
  }
}
