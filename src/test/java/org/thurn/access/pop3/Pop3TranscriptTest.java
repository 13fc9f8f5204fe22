package org.thurn.access.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.access.AccessServer;
import org.thurn.access.LineClient;
import org.thurn.access.Messages;
import org.thurn.access.Transcript;
import org.thurn.journey.Event;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.Quota;

/** The dialogues of src/test/resources/pop3, each on the messages PLAIN and MIXED. */
class Pop3TranscriptTest {
  @TempDir private Path folder;
  private AccessServer server;

  @BeforeEach
  void start() throws Exception {
    server = new AccessServer(folder);
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    server.append("INBOX", Messages.MIXED, Flags.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "maildrop", "delete"})
  void dialogue(String name) throws Exception {
    Transcript.play("pop3/" + name + ".txt", server.pop3());
  }

  @Test
  void withoutTlsAndExemptionNobodyLogsIn() throws Exception {
    AccessServer.Options strict = new AccessServer.Options(false, Quota.NONE, 1 << 20);
    try (AccessServer other = new AccessServer(folder.resolve("strict"), strict);
        LineClient client = new LineClient(other.pop3())) {
      client.line();
      client.send("CAPA");
      assertThat(client.until(".")).contains("STLS").doesNotContain("USER", "SASL");
      client.send("USER alice@strict.example");
      assertThat(client.line()).isEqualTo("-ERR Passwords need TLS");
      client.send("AUTH PLAIN AGFsaWNlQHN0cmljdC5leGFtcGxlAHNlY3JldA==");
      assertThat(client.line()).isEqualTo("-ERR Authentication needs TLS");
    }
  }

  @Test
  void journeyTellsOfTheLoginAndWhatWentButNoPassword() throws Exception {
    Transcript.play("pop3/delete.txt", server.pop3());

    assertThat(server.events())
        .contains(
            new Event.AuthenticationSucceeded("USER", "alice@strict.example"),
            new Event.MailboxChanged(AccessServer.ALICE, "INBOX", "expunge", 1))
        .hasAtLeastOneElementOfType(Event.ConnectionAccepted.class);
    assertThat(server.events().toString()).doesNotContain(AccessServer.PASSWORD);
  }
}
