package org.thurn.access.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.AccessServer;
import org.thurn.access.LineClient;
import org.thurn.access.Messages;
import org.thurn.access.Transcript;
import org.thurn.journey.Event;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.Quota;
import org.thurn.mailbox.UidSet;

/** What a transcript cannot say. */
class ImapServerTest {
  @TempDir private Path folder;
  private AccessServer server;

  @BeforeEach
  void start() throws Exception {
    server = new AccessServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LineClient loggedIn(AccessServer to) throws Exception {
    LineClient client = new LineClient(to.imap());
    client.line();
    assertThat(client.command("l", "LOGIN alice@strict.example secret")).contains("l OK");
    return client;
  }

  @Test
  void withoutTlsAndExemptionLoginIsDisabled() throws Exception {
    AccessServer.Options strict = new AccessServer.Options(false, Quota.NONE, 1 << 20);
    try (AccessServer other = new AccessServer(folder.resolve("strict"), strict);
        LineClient client = new LineClient(other.imap())) {
      assertThat(client.line()).contains("STARTTLS", "LOGINDISABLED").doesNotContain("AUTH=");
      assertThat(client.command("a", "LOGIN alice@strict.example secret"))
          .contains("a NO [PRIVACYREQUIRED]");
      assertThat(client.command("b", "AUTHENTICATE PLAIN AGEAYg==")).contains("b NO [PRIVACY");
      client.send("c STARTTLS");
      assertThat(client.line()).startsWith("c OK");
    }
  }

  @Test
  void journeyTellsLoginsAndChangesButNoSecrets() throws Exception {
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    Transcript.play("imap/copy.txt", server.imap());
    String plain =
        Base64.getEncoder().encodeToString("\0alice\0wrong".getBytes(StandardCharsets.UTF_8));
    try (LineClient client = new LineClient(server.imap())) {
      client.line();
      client.command("a", "AUTHENTICATE PLAIN " + plain);
    }

    assertThat(server.events())
        .contains(
            new Event.AuthenticationSucceeded("LOGIN", "alice@strict.example"),
            new Event.MailboxChanged(AccessServer.ALICE, "Archive", "copy", 2),
            new Event.MailboxChanged(AccessServer.ALICE, "Trash", "move", 1))
        .hasAtLeastOneElementOfType(Event.AuthenticationFailed.class);
    assertThat(server.events().toString()).doesNotContain(AccessServer.PASSWORD, plain, "wrong\0");
  }

  @Test
  void aFullAccountIsToldBeforeTheMessageIsSent() throws Exception {
    AccessServer.Options tight = new AccessServer.Options(true, new Quota(1000, 10), 1 << 20);
    try (AccessServer other = new AccessServer(folder.resolve("tight"), tight);
        LineClient client = loggedIn(other)) {
      assertThat(client.command("a", "APPEND INBOX {1001}"))
          .isEqualTo("a NO [OVERQUOTA] The account is full\n");
      assertThat(client.command("b", "NOOP")).isEqualTo("b OK Completed\n");
    }
  }

  @Test
  void aDrainSaysGoodbyeToAnIdleClient() throws Exception {
    try (LineClient client = loggedIn(server)) {
      client.command("s", "SELECT INBOX");
      client.send("i IDLE");
      assertThat(client.line()).isEqualTo("+ idling");

      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.imapListener().drain(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThat(client.until("<closed>")).contains("BYE [UNAVAILABLE]");
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void aLargeMessageIsStreamedWhole() throws Exception {
    byte[] message = new byte[3 << 20];
    new Random(1).nextBytes(message);
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) (i % 70 == 68 ? '\r' : i % 70 == 69 ? '\n' : 'a' + (message[i] & 15));
    }
    byte[] head = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, message, 0, head.length);
    server.append("INBOX", message, Flags.NONE);

    try (LineClient client = loggedIn(server)) {
      client.command("s", "SELECT INBOX");
      String text = client.command("f", "FETCH 1 BODY.PEEK[]");

      assertThat(text).startsWith("* 1 FETCH (BODY[] {" + message.length + "}\n");
      String sent = new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      assertThat(text.contains(sent)).isTrue();
    }
  }

  @Test
  void aMailboxLargerThanTheEagerViewKeepsItsNumbers() throws Exception {
    server.append("INBOX", "Subject: x\n\n", Flags.NONE);
    AccountMail mail = server.mail(AccessServer.ALICE);
    for (int doubled = 0; doubled < 10; doubled++) {
      mail.copy(MailboxId.INBOX, UidSet.ALL, MailboxId.INBOX);
    }
    try (LineClient one = loggedIn(server);
        LineClient other = loggedIn(server)) {
      assertThat(one.command("s", "SELECT INBOX")).contains("* 1024 EXISTS");
      other.command("s", "SELECT INBOX");
      other.command("d", "UID STORE 2:3 +FLAGS.SILENT (\\Deleted)");
      other.command("e", "EXPUNGE");
      server.append("INBOX", "Subject: new\n\n", Flags.NONE);

      assertThat(one.command("f", "FETCH 4 UID")).contains("* 4 FETCH (UID 4)", "* 1025 EXISTS");
      assertThat(one.command("n", "NOOP")).startsWith("* 2 EXPUNGE\n* 2 EXPUNGE\nn OK");
      assertThat(one.command("g", "FETCH 1023 UID")).contains("* 1023 FETCH (UID 1025)");
      assertThat(one.command("h", "UID SEARCH RETURN (COUNT MAX) ALL"))
          .contains("UID MAX 1025 COUNT 1023");
    }
  }

  @Test
  void garbageNeverEndsInAFault() throws Exception {
    server.append("INBOX", Messages.MIXED, Flags.NONE);
    String[] words = {
      "FETCH 1 ", "SELECT INBOX", "UID ", "(", ")", "BODY[", "1.1", "]", "<0.1>", "\"", "{3}",
      "{2+}", "SEARCH ", "NOT ", " ", "$", "STORE 1 ", "FLAGS ", "é", "LIST ", "% ", "999999999999",
      "\r\n", "a OK", "DONE", "IDLE", "APPEND INBOX ", "\0", "COPY 1 Trash", "ENABLE ", "ALL"
    };
    Random random = new Random(3501);
    for (int round = 0; round < 60; round++) {
      try (LineClient client = loggedIn(server)) {
        client.command("s", "SELECT INBOX");
        StringBuilder garbage = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
          garbage.append(random.nextInt(4) == 0 ? "\r\nt " : "");
          garbage.append(words[random.nextInt(words.length)]);
        }
        client.sendRaw(garbage + "\r\n");
      }
    }
    try (LineClient client = loggedIn(server)) {
      assertThat(client.command("n", "NOOP")).isEqualTo("n OK Completed\n");
    }
    assertThat(server.events()).doesNotHaveAnyElementsOfTypes(Event.Fault.class);
  }
}
