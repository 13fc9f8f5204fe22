package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;
import static org.thurn.server.TestServer.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.Exit;
import org.thurn.server.TestServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreCommandTest {
  /** Beyond what stays in a row. */
  private static final String LARGE = "Subject: two\r\n\r\n" + "a line\r\n".repeat(1 << 17);

  @TempDir Path folder;

  private static CommandLineRun verify(TestServer server, String... words) {
    String[] all = {"store", "verify", "--state", server.state().toString()};
    String[] line = Arrays.copyOf(all, all.length + words.length);
    System.arraycopy(words, 0, line, all.length, words.length);
    return thurn(line);
  }

  @Test
  void aServersStoreIsInOrderRunningAndStoppedAndWhatIsDamagedIsNamed() throws Exception {
    try (TestServer server = new TestServer(folder).configure(TestServer.PLAIN_LISTENERS)) {
      server.start().account(ALICE);
      TestServer.deliver(server.port("smtp"), ALICE, "Subject: one");
      TestServer.deliver(server.port("smtp"), ALICE, LARGE);
      server.inbox(ALICE, 2);

      CommandLineRun running = verify(server);
      assertThat(running.exit()).as(running.toString()).isEqualTo(Exit.OK);
      assertThat(running.out()).startsWith("nothing is wrong: ");
      server.stop();
      CommandLineRun stopped = verify(server, "--quick", "--json");
      assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(Exit.OK);
      assertThat(new JsonMapper().readTree(stopped.out()).path("done").asString())
          .startsWith("nothing is wrong: ");

      backedUp(server, "stopped");
      server.start();
      backedUp(server, "running");
      server.stop();

      Files.createFile(server.state().resolve("store/bodies/notes"));
      CommandLineRun damaged = verify(server, "--json");
      assertThat(damaged.exit()).isEqualTo(Exit.NO);
      assertThat(damaged.err()).contains("the store is not in order");
      JsonNode item = new JsonMapper().readTree(damaged.out());
      assertThat(item.path("key").asString()).isEqualTo("file notes");
      assertThat(item.path("kind").asString()).isEqualTo("stray");
    }
  }

  private void backedUp(TestServer server, String name) {
    String copy = folder.resolve(name).toString();
    String state = server.state().toString();
    CommandLineRun made = thurn("store", "backup", copy, "--state", state);
    assertThat(made.exit()).as(made.toString()).isEqualTo(Exit.OK);
    assertThat(made.out()).startsWith("backup " + copy + " made: ");
    CommandLineRun again = thurn("store", "backup", copy, "--state", state);
    assertThat(again.exit()).as(again.toString()).isEqualTo(Exit.NO);
    assertThat(again.err()).contains("is there and not empty");
    CommandLineRun verified = thurn("store", "verify", "--state", copy);
    assertThat(verified.exit()).as(verified.toString()).isEqualTo(Exit.OK);
  }

  @Test
  void whereNothingIsExitIs69() {
    CommandLineRun empty = thurn("store", "verify", "--state", folder.toString());
    assertThat(empty.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(empty.err()).contains(folder.toString());
    String copy = folder.resolve("copy").toString();
    assertThat(thurn("store", "backup", copy, "--state", folder.toString()).exit())
        .isEqualTo(Exit.UNAVAILABLE);
    assertThat(folder).isEmptyDirectory();
    Path missing = folder.resolve("missing");
    assertThat(thurn("store", "verify", "--state", missing.toString()).exit())
        .isEqualTo(Exit.UNAVAILABLE);
    assertThat(missing).doesNotExist();
  }
}
