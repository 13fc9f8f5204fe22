package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;
import org.thurn.smtp.client.ScriptedServer;

/** One destination takes connections and never speaks; mail to another leaves all the same. */
class SlowDestinationTest {
  private static final String TAKES =
      """
      S: 220 mx
      C~: EHLO .*
      S: 250 mx
      C~: MAIL .*
      S: 250 ok
      C~: RCPT .*
      S: 250 ok
      C: DATA
      S: 354 go
      C*: message
      S: 250 mine
      C: QUIT
      S: 221 bye
      """;

  @TempDir Path folder;

  private static void send(TestServer server, String to) throws IOException {
    try (LineClient client = server.connect("smtp")) {
      assertThat(GoodClient.deliver(client, Mailbox.of(to), "Hello.\r\n")).startsWith("250 ");
    }
  }

  @Test
  void mailForAnotherDestinationIsNotHeldUp() throws Exception {
    try (ServerSocket silent = new ServerSocket();
        ScriptedServer fine = new ScriptedServer("127.0.0.1", 0, Optional.empty(), TAKES);
        TestServer server = new TestServer(folder)) {
      silent.bind(new InetSocketAddress(IpAddress.of("127.0.0.3"), 0), 100);
      server
          .configure(
              TestServer.listener("smtp", 0)
                  + """
                  [intake]
                  trusted-networks = ["127.0.0.0/8"]
                  [[route]]
                  domain = "silent.example"
                  host = "[127.0.0.3]"
                  port = %d
                  [[route]]
                  domain = "fine.example"
                  host = "[127.0.0.1]"
                  port = %d
                  """
                      .formatted(silent.getLocalPort(), fine.address().getPort()))
          .start();
      for (int i = 0; i < 30; i++) {
        send(server, "somebody" + i + "@silent.example");
      }
      send(server, "anybody@fine.example");

      TestServer.until(() -> server.server().inside().queue().ledger().relayed() == 1);
      assertThat(server.server().inside().queue().ledger().open()).isEqualTo(30);
      fine.assertFollowed();
    }
  }
}
