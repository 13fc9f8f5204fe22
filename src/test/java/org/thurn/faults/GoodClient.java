package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.thurn.access.LineClient;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;

/** Somebody who only wants to send a message, from an address of his own. */
final class GoodClient {
  static final InetAddress ADDRESS = IpAddress.of("127.0.0.77");
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final int port;
  private final Duration usual;

  /** Sends a few at first, to know how long one takes on this machine while nobody disturbs. */
  GoodClient(int port) throws IOException {
    this.port = port;
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      Duration took = send();
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    usual = longest;
  }

  /** A whole transaction, from the connection to the goodbye. */
  Duration send() throws IOException {
    long began = System.nanoTime();
    try (LineClient client = LineClient.from(ADDRESS, port)) {
      assertThat(deliver(client, TestServer.ALICE, "Hello.\r\n")).startsWith("250 ");
      client.send("QUIT");
      assertThat(client.line()).startsWith("221 ");
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** A second at the most; on a machine that is slow by itself, thrice what is usual there. */
  void sendQuickly() throws IOException {
    Duration slow = usual.multipliedBy(3);
    assertThat(send()).isLessThan(slow.compareTo(PATIENCE) > 0 ? slow : PATIENCE);
  }

  /** From the greeting on; returns what the server says to the message, or its first refusal. */
  static String deliver(LineClient client, Mailbox to, String text) throws IOException {
    String greeting = client.line();
    if (!greeting.startsWith("220 ")) {
      return greeting;
    }
    return again(client, to, text);
  }

  /** One more message in the same connection. */
  static String again(LineClient client, Mailbox to, String text) throws IOException {
    for (String command :
        List.of("HELO sender.example", "MAIL FROM:<bob@sender.example>", "RCPT TO:<" + to + ">")) {
      client.send(command);
      String reply = client.line();
      if (!reply.startsWith("250 ")) {
        return reply;
      }
    }
    client.send("DATA");
    String go = client.line();
    if (!go.startsWith("354 ")) {
      return go;
    }
    client.sendRaw("Subject: hello\r\n\r\n" + text + ".\r\n");
    return client.line();
  }
}
