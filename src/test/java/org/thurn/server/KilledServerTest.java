package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.server.TestServer.ALICE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.mailbox.MessageRow;
import tools.jackson.databind.JsonNode;

class KilledServerTest {
  private static final Pattern SMTP = Pattern.compile("smtp 127\\.0\\.0\\.1#(\\d+)");

  @TempDir Path folder;

  /** Keeps nothing. */
  private static final Answer NOWHERE =
      new Answer() {
        @Override
        public void item(JsonNode item) {}

        @Override
        public void text(String text) {}
      };

  private ChildServer serve(Path config) throws Exception {
    // a suite that was begun by nohup would have it ignore SIGHUP
    return new ChildServer(
        folder.resolve("out"),
        List.of("env", "--default-signal=HUP"),
        List.of("serve", "--config", config.toString()));
  }

  private static int smtp(ChildServer child) throws Exception {
    return Integer.parseInt(child.awaitPrinted(SMTP).group(1));
  }

  private static boolean delivered(Path state) throws Exception {
    return new ControlClient(state)
            .call(
                "mail-read",
                ControlClient.arguments().put("as", ALICE.toString()).put("mailbox", "INBOX"),
                new byte[0],
                NOWHERE)
            .exit()
        == Exit.OK;
  }

  @Test
  void whatWas250BeforeAKillIsInTheMailboxOnceAfterIt() throws Exception {
    try (TestServer after = new TestServer(folder)) {
      after.configure(TestServer.PLAIN_LISTENERS);
      addOffline(after.state());
      long seen;
      try (ChildServer child = serve(after.config())) {
        int port = smtp(child);
        TestServer.deliver(port, ALICE, "Subject: seen before");
        TestServer.until(() -> delivered(after.state()));
        killAfter250(child, port);
      }
      mustBeInOrder(after.state());

      after.start();
      List<MessageRow> inbox = after.inbox(ALICE, 2);
      seen = inbox.getFirst().uid();
      assertThat(inbox).extracting(MessageRow::uid).containsExactly(seen, seen + 1);

      after.stop();
      after.start();
      assertThat(after.inbox(ALICE, 2)).extracting(MessageRow::uid).containsExactly(seen, seen + 1);
      TestServer.until(() -> after.server().inside().queue().ledger().open() == 0);
      assertThat(after.server().inside().queue().ledger())
          .matches(account -> account.accepted() == 2 && account.stored() == 2)
          .matches(account -> account.balanced());
      after.stop();
      mustBeInOrder(after.state());
    }
  }

  /** Everything that a stopped server left agrees with everything else. */
  private static void mustBeInOrder(Path state) throws IOException {
    List<String> found = new ArrayList<>();
    Answer into =
        new Answer() {
          @Override
          public void item(JsonNode item) {
            found.add(item.toString());
          }

          @Override
          public void text(String text) {
            found.add(text);
          }
        };
    Outcome outcome = new StoppedStore(state).verify(ControlClient.arguments(), into);
    assertThat(found).isEmpty();
    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(Exit.OK);
  }

  private static void killAfter250(ChildServer child, int port) throws Exception {
    try (LineClient client = new LineClient(port)) {
      client.line();
      TestServer.beginData(client, ALICE);
      client.sendRaw("Subject: promised\r\n\r\nHello.\r\n.\r\n");
      assertThat(client.line()).startsWith("250 ");
      child.kill();
    }
  }

  @Test
  void sigtermStopsWithExitCode0AndSighupReadsTheSettings() throws Exception {
    try (TestServer settings = new TestServer(folder)) {
      settings.configure(TestServer.listener("smtp", 0));
      try (ChildServer child = serve(settings.config())) {
        smtp(child);
        settings.configure("colour = \"red\"\n" + TestServer.listener("smtp", 0));
        new ProcessBuilder("kill", "-HUP", String.valueOf(child.pid())).start().waitFor();
        child.awaitPrinted(Pattern.compile("unknown key \"colour\""));
        assertThat(child.isAlive()).isTrue();

        assertThat(child.terminate()).isZero();
        assertThat(settings.state().resolve("control.sock")).doesNotExist();
      }
    }
  }

  private static void addOffline(Path state) throws Exception {
    try (Offline offline = Offline.open(state)) {
      Outcome outcome =
          offline.handle(
              "test",
              "account-add",
              ControlClient.arguments()
                  .put("address", ALICE.toString())
                  .put("password", TestServer.PASSWORD),
              NOWHERE);
      assertThat(outcome.exit()).isEqualTo(Exit.OK);
    }
  }
}
