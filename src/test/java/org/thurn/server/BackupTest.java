package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;
import org.thurn.name.Mailbox;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A backup of a server that takes mail all the while, and what is restored of it. */
class BackupTest {
  private static final Mailbox ALICE = TestServer.ALICE;
  private static final int CLIENTS = 4;
  private static final int BEFORE = 40;

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();

  private final Answer into =
      new Answer() {
        @Override
        public void item(JsonNode item) {
          said.add(item.toString());
        }

        @Override
        public void text(String text) {
          said.add(text);
        }
      };

  private Outcome backup(Path state, Path to) throws IOException {
    return new ControlClient(state).call("store-backup", to(to), new byte[0], into);
  }

  private static ObjectNode to(Path target) {
    return ControlClient.arguments().put("to", target.toString());
  }

  /** One message, large now and then; the peer has read its 250 when its subject is noted. */
  private void deliver(int port) {
    int mine = number.incrementAndGet();
    String subject = "message-" + mine + ".";
    String body = mine % 10 == 0 ? "a line\r\n".repeat(1 << 17) : "short";
    try {
      TestServer.deliver(port, ALICE, "Subject: " + subject + "\r\n\r\n" + body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    acknowledged.add(subject);
  }

  @Test
  void whatWasAcknowledgedBeforeABackupUnderLoadIsInItAndItIsInOrder() throws Exception {
    Path copy = folder.resolve("copy").resolve("state");
    Files.createDirectories(copy.getParent());
    Set<String> before;
    try (TestServer server =
        new TestServer(Files.createDirectory(folder.resolve("own")))
            .configure(TestServer.PLAIN_LISTENERS)) {
      server.start().account(ALICE);
      before = backupUnderLoad(server, copy);
    }
    mustBeInOrder(copy);
    try (TestServer restored =
        new TestServer(copy.getParent()).configure(TestServer.PLAIN_LISTENERS)) {
      restored.start();
      TestServer.until(() -> restored.server().inside().queue().ledger().open() == 0);
      assertThat(restored.server().inside().queue().ledger()).matches(a -> a.balanced());
      assertThat(subjects(restored.server().inside().mail().account(ALICE))).containsAll(before);
      TestServer.deliver(restored.port("smtp"), ALICE, "Subject: after");
      restored.inbox(ALICE, before.size() + 1);
    }
    mustBeInOrder(copy);
  }

  private Set<String> backupUnderLoad(TestServer server, Path copy) throws Exception {
    int port = server.port("smtp");
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!stop.get()) {
                      deliver(port);
                    }
                  }));
    }
    TestServer.until(() -> acknowledged.size() >= BEFORE);
    Set<String> before = new HashSet<>(acknowledged);
    Outcome outcome = backup(server.state(), copy);
    int after = acknowledged.size() + CLIENTS;
    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(Exit.OK);
    TestServer.until(() -> acknowledged.size() >= after); // mail goes on
    stop.set(true);
    for (Thread client : clients) {
      client.join();
    }
    return before;
  }

  private static Set<String> subjects(AccountMail mail) throws IOException {
    Set<String> subjects = new HashSet<>();
    for (MessageRow row : mail.messages(MailboxId.INBOX, UidSet.ALL, Integer.MAX_VALUE)) {
      try (InputStream in = mail.content(row).orElseThrow().open()) {
        String start = new String(in.readNBytes(4000), StandardCharsets.UTF_8);
        int at = start.indexOf("Subject: ") + "Subject: ".length();
        assertThat(subjects.add(start.substring(at, start.indexOf("\r\n", at)))).isTrue();
        in.skipNBytes(row.size() - Math.min(4000, row.size()));
      }
    }
    return subjects;
  }

  private void mustBeInOrder(Path state) throws IOException {
    Outcome outcome = new StoppedStore(state).verify(ControlClient.arguments(), into);
    assertThat(said).isEmpty();
    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(Exit.OK);
  }

  @Test
  void aStoppedServersCopyHasItsSecretsClosedAndNoLog() throws Exception {
    Path copy = folder.resolve("copy");
    Path state = stopped();
    Path key = Files.createDirectory(state.resolve("keys")).resolve("dkim.key");
    Files.writeString(key, "a key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    Files.createDirectory(copy); // an empty one may be there

    Outcome outcome = new StoppedStore(state).backup(to(copy), into);

    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(Exit.OK);
    assertThat(modes(copy))
        .contains("rwx------ ", "rw------- secret", "r-------- keys/dkim.key")
        .noneMatch(line -> line.contains("mail.log") || line.contains("control.sock"));
    assertThat(copy.resolve("secret")).hasSameBinaryContentAs(state.resolve("secret"));
    mustBeInOrder(copy);
    mustBeInOrder(state);
    assertThat(names(folder)).containsExactlyInAnyOrder("own", "copy");
  }

  private Path stopped() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    try (TestServer server = new TestServer(own).configure(TestServer.PLAIN_LISTENERS)) {
      server.start().account(ALICE);
      deliver(server.port("smtp"));
      server.inbox(ALICE, 1);
      return server.state();
    }
  }

  private static List<String> modes(Path tree) throws IOException {
    List<String> modes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        modes.add(mode + " " + tree.relativize(file));
      }
    }
    return modes;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whereSomethingIsNoBackupIsWritten() throws Exception {
    Path state = stopped();
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.createFile(full.resolve("something"));
    for (Path to :
        List.of(full, full.resolve("something"), state.resolve("in"), folder.resolve("no/where"))) {
      Outcome outcome = new StoppedStore(state).backup(to(to), into);
      assertThat(outcome.exit()).as(to.toString()).isEqualTo(Exit.NO);
    }
    assertThat(names(full)).containsExactly("something");
    assertThat(names(folder)).containsExactlyInAnyOrder("own", "full");
  }
}
