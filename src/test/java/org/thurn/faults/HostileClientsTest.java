package org.thurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.faults.RealServer.ALICE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.IpAddress;
import org.thurn.server.TestServer;

/** Who comes to do harm is held off, and meanwhile a good client is served as quickly as ever. */
class HostileClientsTest {
  private static final int UNKNOWN = 40;
  private static final List<String> PROTOCOLS = List.of("smtp", "submission", "imap", "pop3");

  @TempDir static Path folder;
  private static RealServer server;
  private static GoodClient good;

  /** Addresses 127.0.x.y of this machine, each test's own. */
  private static int next = 256;

  @BeforeAll
  static void start() throws Exception {
    server =
        RealServer.in(folder)
            .configure(
                TestServer.PLAIN_LISTENERS
                    + """
                    [intake]
                    reject-sender-without-mx = false
                    limit-loopback = true
                    connections-per-address = 20
                    unknown-recipients-per-hour = %d
                    """
                        .formatted(UNKNOWN))
            .start();
    good = new GoodClient(server.port("smtp"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void theGoodClientIsStillServed() throws Exception {
    good.sendQuickly();
    assertThat(server.process().isAlive()).isTrue();
    assertThat(server.log()).doesNotContain("type=fault");
  }

  private static InetAddress address() {
    int number = next++;
    return IpAddress.of("127.1." + number / 256 + "." + number % 256);
  }

  private static LineClient connect(InetAddress from, String protocol) throws Exception {
    return LineClient.from(from, server.port(protocol));
  }

  private static void closeAll(List<LineClient> clients) throws IOException {
    for (LineClient client : clients) {
      client.close();
    }
  }

  @Test
  void slowClientsOfEveryProtocolHoldNobodyUp() throws Exception {
    List<LineClient> slow = new ArrayList<>();
    try {
      for (String protocol : PROTOCOLS) {
        InetAddress from = address();
        for (int i = 0; i < 20; i++) {
          LineClient client = connect(from, protocol);
          slow.add(client);
          client.sendRaw(protocol.equals("smtp") ? "" : "a");
        }
      }
      for (int octet = 0; octet < 5; octet++) {
        for (LineClient client : slow) {
          client.sendRaw("X");
        }
        good.sendQuickly();
      }
    } finally {
      closeAll(slow);
    }
  }

  @Test
  void oneAddressGetsSoManyConnectionsAndNoMore() throws Exception {
    InetAddress from = address();
    List<LineClient> many = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        LineClient client = connect(from, "smtp");
        many.add(client);
        assertThat(client.line()).startsWith("220 ");
      }
      try (LineClient other = connect(from, "smtp")) {
        assertThat(other.line()).startsWith("421 4.7.0 ").contains("too many connections");
      }
      good.sendQuickly();
    } finally {
      closeAll(many);
    }
    try (LineClient imap = connect(from, "imap")) {
      assertThat(imap.line()).startsWith("* OK "); // each listener counts for itself
    }
  }

  @Test
  void twoThousandConnectionsFromAsManyAddressesAreServed() throws Exception {
    List<LineClient> many = new ArrayList<>();
    try {
      for (int i = 0; i < 2_000; i++) {
        many.add(connect(address(), PROTOCOLS.get(i % PROTOCOLS.size())));
      }
      good.sendQuickly();
      for (LineClient client : many) {
        assertThat(client.line()).matches("(220|\\* OK|\\+OK) .*");
      }
      good.sendQuickly();
    } finally {
      closeAll(many);
    }
  }

  @Test
  void pipelinedGarbageEndsTheConnection() throws Exception {
    Random random = new Random(1);
    for (String protocol : PROTOCOLS) {
      try (LineClient client = connect(address(), protocol)) {
        client.line();
        StringBuilder garbage = new StringBuilder();
        for (int line = 0; line < 500; line++) {
          random.ints(60, 33, 127).forEach(octet -> garbage.append((char) octet));
          garbage.append("\r\n");
        }
        assertEnds(client, garbage.toString());
      }
      good.sendQuickly();
    }
  }

  @Test
  void linesWithoutAnEndEndTheConnection() throws Exception {
    String block = "x".repeat(1 << 16);
    for (String protocol : PROTOCOLS) {
      try (LineClient client = connect(address(), protocol)) {
        client.line();
        assertEnds(client, block.repeat(20));
      }
      good.sendQuickly();
    }
  }

  /** All of this is too much for the server: it hangs up, whether it heard it out or not. */
  private static void assertEnds(LineClient client, String much) throws IOException {
    try {
      client.sendRaw(much);
      String line = client.line();
      for (int lines = 0; !line.equals("<closed>"); lines++) {
        assertThat(lines).as(line).isLessThan(200);
        line = client.line();
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
    }
  }

  @Test
  void literalsBeforeTheLoginAreBounded() throws Exception {
    try (LineClient client = connect(address(), "imap")) {
      client.line();
      client.send("a LOGIN {4294967296}");
      assertThat(client.line()).startsWith("a BAD ");
      client.send("b LOGIN {9000}");
      assertThat(client.line()).startsWith("b BAD ");
      client.send("c LOGIN {8000}");
      assertThat(client.line()).startsWith("+ ");
      client.sendRaw("x".repeat(8_000) + " {8000}\r\n");
      assertThat(client.line()).startsWith("c BAD ");
      client.send("d APPEND INBOX {50000000+}");
      assertThat(client.line()).startsWith("d BAD ");
    }
    try (LineClient client = connect(address(), "imap")) {
      client.line();
      client.send("e LOGIN {999999999999+}");
      assertThat(client.until("* BYE")).contains("e BAD ");
    }
  }

  @Test
  void aHeaderWithoutAnEndIsRefusedAndThenCutOff() throws Exception {
    try (LineClient client = connect(address(), "smtp")) {
      client.line();
      TestServer.beginData(client, ALICE);
      String field = "X-Bomb: " + "y".repeat(900) + "\r\n";
      for (int i = 0; i < 100; i++) {
        client.sendRaw(field.repeat(20));
      }
      client.send(".");
      assertThat(client.line()).startsWith("552 5.3.4 ");
    }
  }

  @Test
  void whoAsksForUnknownRecipientsLearnsSoManyNames() throws Exception {
    InetAddress from = address();
    int told = 0;
    String reply = "";
    for (int connection = 0; connection < 10 && !reply.startsWith("450 "); connection++) {
      try (LineClient client = connect(from, "smtp")) {
        client.line();
        client.send("HELO x");
        client.line();
        client.send("MAIL FROM:<>");
        client.line();
        do {
          client.send("RCPT TO:<nobody" + told + "@own.example>");
          reply = client.line();
          told += reply.startsWith("550 5.1.1 ") ? 1 : 0;
        } while (reply.startsWith("550 "));
        assertThat(reply).matches("421 4\\.7\\.0 .*|450 4\\.7\\.1 .*");
      }
    }
    assertThat(told).isEqualTo(UNKNOWN);
    assertThat(recipient(from, "<" + ALICE + ">")).startsWith("450 4.7.1 ");
    assertThat(recipient(from, "<postmaster>")).startsWith("250 ");
    assertThat(recipient(address(), "<" + ALICE + ">")).startsWith("250 ");
  }

  @Test
  void whoTriesPasswordsWaitsAndThenLearnsNothing() throws Exception {
    InetAddress from = address();
    String plain = Base64.getEncoder().encodeToString("\0alice@own.example\0guess".getBytes(UTF_8));
    List<LineClient> guessing = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        guess(guessing, from, "submission", "EHLO x\r\nAUTH PLAIN " + plain);
        guess(guessing, from, "imap", "a LOGIN bob@own.example guess");
        guess(guessing, from, "pop3", "USER alice@own.example\r\nPASS guess");
      }
      TestServer.until(() -> server.log().contains("too many failed logins before"));
      good.sendQuickly();
      try (LineClient owner = connect(address(), "imap")) {
        owner.line();
        String login = "LOGIN alice@own.example \"" + TestServer.PASSWORD + "\"";
        assertThat(owner.command("a", login)).contains("a OK");
      }
    } finally {
      closeAll(guessing);
    }
  }

  private static void guess(
      List<LineClient> all, InetAddress from, String protocol, String commands) throws Exception {
    LineClient client = connect(from, protocol);
    all.add(client);
    client.send(commands);
  }

  private static String recipient(InetAddress from, String path) throws Exception {
    try (LineClient client = connect(from, "smtp")) {
      client.line();
      String reply = "";
      for (String command : List.of("HELO x", "MAIL FROM:<>", "RCPT TO:" + path)) {
        client.send(command);
        reply = client.line();
      }
      return reply;
    }
  }
}
