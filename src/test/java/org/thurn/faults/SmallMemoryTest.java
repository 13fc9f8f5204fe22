package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.faults.RealServer.ALICE;
import static org.thurn.faults.RealServer.BOB;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;

/** A heap of 256 MiB, and clients that would like it to be full. */
class SmallMemoryTest {
  @TempDir static Path folder;
  private static RealServer server;

  /** Writes a message, dots and all, up to its last CRLF. */
  private interface Message {
    void write(Blocks out) throws IOException;
  }

  /** Sends much in few pieces. */
  private static final class Blocks {
    private final LineClient client;
    private final StringBuilder block = new StringBuilder();

    Blocks(LineClient client) {
      this.client = client;
    }

    void add(String text) throws IOException {
      block.append(text);
      if (block.length() > 1 << 16) {
        flush();
      }
    }

    void flush() throws IOException {
      client.sendRaw(block.toString());
      block.setLength(0);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        RealServer.in(folder)
            .configure(
                TestServer.listener("smtp", 0)
                    + TestServer.listener("imap", 0)
                    + "[intake]\nreject-sender-without-mx = false\n")
            .options("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void isStillThereAndWell() throws Exception {
    assertThat(server.process().isAlive()).isTrue();
    assertThat(server.process().printed()).doesNotContain("OutOfMemoryError");
    new GoodClient(server.port("smtp")).sendQuickly();
    assertThat(server.log()).doesNotContain("type=fault");
  }

  /** Sends it to somebody here, and returns what is said to it. */
  private static String send(Mailbox to, Message message) throws Exception {
    try (LineClient client = server.connect("smtp")) {
      client.patient(60);
      client.line();
      TestServer.beginData(client, to);
      Blocks blocks = new Blocks(client);
      message.write(blocks);
      blocks.add(".\r\n");
      blocks.flush();
      return client.line();
    }
  }

  /** What FETCH says of the newest message when there are so many. */
  private static String structure(Mailbox account, int number) throws Exception {
    TestServer.until(() -> server.inbox(account) >= number);
    try (LineClient client = server.imap(account)) {
      client.command("s", "EXAMINE INBOX");
      return client.command("f", "FETCH " + number + " (RFC822.SIZE BODYSTRUCTURE)");
    }
  }

  /** Has a large message searched and its part counted, several clients at a time. */
  private static String readAll(Mailbox account) throws Exception {
    try (LineClient client = server.imap(account)) {
      client.patient(60);
      client.command("e", "EXAMINE INBOX");
      client.command("s", "SEARCH TEXT nothing");
      return client.command("f", "FETCH 1 (BINARY.SIZE[1] BODY BODY[1]<49000000.100>)");
    }
  }

  @Test
  void aMessageOfFiftyMegabytesIsTakenAndItsStructureRead() throws Exception {
    Message large =
        out -> {
          out.add("Subject: large\r\n\r\n");
          String line = "x".repeat(76) + "\r\n";
          for (int octets = 0; octets < 50_000_000; octets += line.length()) {
            out.add(line);
          }
        };
    Mailbox carol = Mailbox.of("carol@own.example");
    server.addAccount(carol);

    assertThat(send(carol, large)).startsWith("250 ");
    assertThat(structure(carol, 1)).contains("RFC822.SIZE 5000").contains("f OK");
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        answers.add(clients.submit(() -> readAll(carol)));
      }
    }
    for (Future<String> answer : answers) {
      assertThat(answer.get()).contains("f OK");
    }
    Message twice =
        out -> {
          large.write(out);
          large.write(out);
        };
    assertThat(send(carol, twice)).startsWith("552 5.3.4 ");
  }

  @Test
  void ofTenThousandRecipientsTheFirstThousandAreTaken() throws Exception {
    try (LineClient client = server.connect("smtp")) {
      client.line();
      client.send("HELO x");
      client.send("MAIL FROM:<bob@sender.example>");
      client.line();
      client.line();
      StringBuilder all = new StringBuilder();
      int taken = 0;
      String reply = "";
      for (int block = 0; block < 100; block++) {
        all.setLength(0);
        for (int i = 0; i < 100; i++) {
          all.append("RCPT TO:<alice+").append(block * 100 + i).append("@own.example>\r\n");
        }
        client.sendRaw(all.toString());
        for (int i = 0; i < 100 && !reply.startsWith("421 "); i++) {
          reply = client.line();
          taken += reply.startsWith("250 ") ? 1 : 0;
        }
        if (reply.startsWith("421 ")) {
          break;
        }
        assertThat(reply).matches("250 .*|452 4\\.5\\.3 .*");
      }
      assertThat(taken).isEqualTo(1_000);
      assertThat(reply).startsWith("421 4.7.0 ");
    }
  }

  @Test
  void aHeaderOfAMillionFieldsIsRefused() throws Exception {
    Message header =
        out -> {
          for (int i = 0; i < 1_000_000; i++) {
            out.add("X-" + i + ": y\r\n");
          }
          out.add("\r\nHello.\r\n");
        };
    assertThat(send(ALICE, header)).startsWith("552 5.3.4 ");
  }

  @Test
  void aThousandFieldsInOneLineAreRefused() throws Exception {
    Message header =
        out -> {
          out.add("To: ");
          for (int i = 0; i < 100_000; i++) {
            out.add("a@own.example, ");
          }
          out.add("\r\n\r\nHello.\r\n");
        };
    assertThat(send(ALICE, header)).startsWith("552 5.3.4 ");
  }

  @Test
  void bombsOfPartsAndOfDepthAreTakenAndTheirStructureIsBounded() throws Exception {
    Message wide =
        out -> {
          out.add("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
          for (int i = 0; i < 10_000; i++) {
            out.add("--b\r\n\r\npart\r\n");
          }
          out.add("--b--\r\n");
        };
    Message deep =
        out -> {
          for (int i = 0; i < 5_000; i++) {
            out.add("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
          }
          out.add("\r\nbottom\r\n");
        };
    Message messages =
        out -> {
          for (int i = 0; i < 5_000; i++) {
            out.add("Content-Type: message/rfc822\r\n\r\n");
          }
        };
    int number = 0;
    for (Message bomb : List.of(wide, deep, messages)) {
      assertThat(send(BOB, bomb)).startsWith("250 ");
      String structure = structure(BOB, ++number);
      assertThat(structure).contains("f OK");
      assertThat(structure.length()).isLessThan(1_000_000);
    }
  }
}
