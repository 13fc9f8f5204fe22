package org.thurn.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.server.TestServer.ALICE;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.mailbox.MailboxName;
import org.thurn.server.TestServer;

class MailReaderTest {
  private static final MailboxName INBOX = MailboxName.parse("INBOX").orElseThrow();

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder).configure(TestServer.PLAIN_LISTENERS).start();
    server.account(ALICE);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private MailReader after(String message) throws Exception {
    try (LineClient client = server.connect("smtp")) {
      client.line();
      TestServer.beginData(client, ALICE);
      client.sendRaw(message.replace("\n", "\r\n") + "\r\n.\r\n");
      assertThat(client.line()).startsWith("250 ");
    }
    server.inbox(ALICE, 1);
    return new MailReader(server.server().inside().mail().account(ALICE));
  }

  @Test
  void theHeaderIsDecodedAndTheTextPartChosen() throws Exception {
    MailReader reader =
        after(
            """
            From: =?utf-8?q?Bj=C3=B6rn?= <bob@sender.example>
            Subject: =?utf-8?b?VGVlPw==?=
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe
            --b
            Content-Type: text/html

            <b>Hello</b>
            --b--""");

    assertThat(reader.list(INBOX).orElseThrow())
        .singleElement()
        .matches(line -> line.subject().equals("Tee?") && line.from().startsWith("Bj\u00f6rn"))
        .matches(line -> line.text().startsWith("N      1  20"));
    assertThat(reader.read(INBOX, 1, false).orElseThrow())
        .contains("Subject: Tee?\n", "\n\nGr\u00fc\u00dfe")
        .doesNotContain("<b>");
  }

  @Test
  void aStrangersMailCannotCommandTheTerminal() throws Exception {
    MailReader reader =
        after(
            """
            From: bob@sender.example
            Subject: =?utf-8?q?a=1B[2Jb=C2=9B2Jc?=
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            one=1B]0;title=07two=C2=9B2Jthree
            \ttab""");

    assertThat(reader.list(INBOX).orElseThrow().getFirst().text()).doesNotContainPattern("\\p{Cc}");
    assertThat(reader.read(INBOX, 1, false).orElseThrow())
        .contains("one\uFFFD]0;title\uFFFDtwo\uFFFD2Jthree\n\ttab")
        .doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
    assertThat(reader.read(INBOX, 1, true).orElseThrow())
        .doesNotContainPattern("[\\p{Cc}&&[^\n\t]]");
  }

  @Test
  void readingSetsNoFlag() throws Exception {
    MailReader reader = after("Subject: new\n\nHello.");
    assertThat(reader.read(INBOX, 1, true)).isPresent();
    assertThat(reader.list(INBOX).orElseThrow()).noneMatch(MailReader.Line::seen);
    assertThat(reader.read(INBOX, 2, true)).isEmpty();
    assertThat(reader.list(MailboxName.parse("Nowhere").orElseThrow())).isEmpty();
  }
}
