package org.thurn.access.imap;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.access.AccessServer;
import org.thurn.access.Messages;
import org.thurn.access.Transcript;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.SystemFlag;

/** The dialogues of src/test/resources/imap, each on an INBOX with the messages PLAIN and MIXED. */
class ImapTranscriptTest {
  @TempDir private Path folder;
  private AccessServer server;

  @BeforeEach
  void start() throws Exception {
    server = new AccessServer(folder);
    server.append("INBOX", Messages.PLAIN, Flags.of(SystemFlag.SEEN));
    server.append("INBOX", Messages.MIXED, Flags.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login",
        "states",
        "mailboxes",
        "list",
        "append",
        "fetch",
        "sections",
        "store",
        "copy",
        "search",
        "expunge",
        "condstore",
        "rev2",
        "idle"
      })
  void dialogue(String name) throws Exception {
    Transcript.play("imap/" + name + ".txt", server.imap());
  }
}
