package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.thurn.cli.CommandLineRun.thurn;
import static org.thurn.cli.CommandLineRun.thurnWithInput;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.admin.Exit;
import org.thurn.server.TestServer;

class WithoutServerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "queue",
        "account",
        "alias",
        "domain",
        "queue hold",
        "queue nonsense",
        "trace",
        "mail",
        "mail --as alice@own.example",
        "mail read",
        "mail read --as alice@own.example INBOX five",
        "account add",
        "alias add info@own.example",
        "domain set own.example scram",
        "lab --offset five",
        "lab --offset 99999",
        "lab --web-port 70000",
        "status --nonsense"
      })
  void aWrongCommandLineIs64AndShowsTheUsage(String line) {
    CommandLineRun run = thurn(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).isNotEmpty();
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "reload",
        "ledger",
        "queue list",
        "queue drop 0123",
        "trace alice@own.example",
        "mail --as alice@own.example bob@own.example",
        "mail read --as alice@own.example"
      })
  void withoutAServerACommandIs69(String line) {
    for (Path state : new Path[] {folder, folder.resolve("missing")}) {
      String[] words = (line + " --state " + state).split(" ");
      CommandLineRun run = thurn(words);
      assertThat(run.exit()).as(run.toString()).isEqualTo(Exit.UNAVAILABLE);
      assertThat(run.err()).contains(state.toString());
    }
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"account list", "account remove a@own.example", "domain list"})
  void aMistypedStateIsNotMade(String line) {
    Path missing = folder.resolve("missing");
    CommandLineRun run = thurn((line + " --state " + missing).split(" "));

    assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(missing).doesNotExist();
  }

  @Test
  void accountsAreMadeBeforeTheFirstStart() {
    String state = folder.resolve("state").toString();

    assertThat(addTo(Path.of(state)))
        .isEqualTo(new CommandLineRun(0, "account alice@own.example made\n", ""));
    assertThat(addTo(Path.of(state)).exit()).isEqualTo(Exit.NO);
    assertThat(thurn("account", "list", "--state", state).out()).isEqualTo("alice@own.example\n");
    assertThat(thurn("domain", "list", "--state", state).out()).startsWith("own.example ");
    assertThat(folder.resolve("state/mail.log")).content().contains("alice@own.example");
  }

  private CommandLineRun addTo(Path state) {
    return thurnWithInput(
        "secret\n",
        "account",
        "add",
        "alice@own.example",
        "--password-stdin",
        "--state",
        state.toString());
  }

  @Test
  void aFolderThatOthersWriteToIsLeftAloneWith69() throws Exception {
    Path open = withMode(Files.createDirectory(folder.resolve("open")), "rwxrwxrwx");
    Path other = Files.writeString(open.resolve("other"), "somebody's");
    CommandLineRun run = addTo(open);
    assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(run.err()).contains("other users may write to " + open + " (rwxrwxrwx)");
    assertThat(mode(open)).isEqualTo("rwxrwxrwx");
    assertThat(open).isDirectoryContaining(other::equals);
  }

  @Test
  void aFolderWithOtherThingsStaysReadableAndOurThingsAreNot() throws Exception {
    Path shared = withMode(Files.createDirectory(folder.resolve("shared")), "rwxr-xr-x");
    Files.writeString(shared.resolve("thurn.toml"), "");
    assertThat(addTo(shared).exit()).isZero();
    assertThat(mode(shared)).isEqualTo("rwxr-xr-x");
    assertThat(mode(shared.resolve("store"))).isEqualTo("rwx------");
    assertThat(mode(shared.resolve("mail.log"))).isEqualTo("rw-------");
  }

  @Test
  void anEmptyFolderIsClosedToOthers() throws Exception {
    Path empty = withMode(Files.createDirectory(folder.resolve("empty")), "rwxrwxr-x");
    assertThat(addTo(empty).exit()).isZero();
    assertThat(mode(empty)).isEqualTo("rwx------");
  }

  private static Path withMode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderThatIsMadeIsClosedToOthers() throws Exception {
    Path made = folder.resolve("deep/down");
    assertThat(addTo(made).exit()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void rootMakesNothingInAFolderOfAnotherUser() throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwx------"));
    assumeTrue(givenAway(theirs), "only root can give a folder away");
    CommandLineRun run = addTo(theirs);
    assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(run.err()).startsWith("thurn: " + theirs + " belongs to ").contains("sudo -u ");
    assertThat(theirs).isEmptyDirectory();
  }

  private static boolean givenAway(Path theirs) throws IOException {
    try {
      Files.setAttribute(theirs, "unix:uid", 12_345);
      return true;
    } catch (FileSystemException e) {
      return false;
    }
  }

  @Test
  void aPasswordThatCannotBeReadIs65() {
    String state = folder.resolve("state").toString();
    CommandLineRun run =
        thurn("account", "add", "alice@own.example", "--password-stdin", "--state", state);

    assertThat(run.exit()).isEqualTo(Exit.DATA);
    assertThat(run.err()).isEqualTo("thurn: standard input holds no password\n");
  }

  @Test
  void settingsWithAMistakeAre65AndAPortThatIsTakenIs69() throws Exception {
    Path config = folder.resolve("thurn.toml");
    assertThat(thurn("serve", "--config", config.toString()))
        .isEqualTo(new CommandLineRun(65, "", "thurn: " + config + ": there is no such file\n"));

    Files.writeString(config, "state = \"s\"\nhostname = \"mx.own.example\"\nport = 5\n");
    CommandLineRun mistake = thurn("serve", "--config", config.toString());
    assertThat(mistake.exit()).isEqualTo(Exit.DATA);
    assertThat(mistake.err()).startsWith("thurn: " + config + ", line ");

    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          config,
          "state = \"s\"\nhostname = \"mx.own.example\"\n"
              + TestServer.listener("smtp", taken.getLocalPort()));
      CommandLineRun run = thurn("serve", "--config", config.toString());
      assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
      assertThat(run.err()).contains("127.0.0.1", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void aZoneFileWithAMistakeIs65WithItsLine() throws Exception {
    Path zone =
        Files.writeString(folder.resolve("more.zone"), "a.example. A 192.0.2.1\nb.example. ?\n");
    String state = folder.resolve("lab").toString();

    CommandLineRun wrong =
        thurn(
            "lab", "--headless", "--state", state, "--offset", "21000", "--zone", zone.toString());
    assertThat(wrong.exit()).isEqualTo(Exit.DATA);
    assertThat(wrong.err()).contains("more.zone: ", "line 2");
    CommandLineRun missing =
        thurn("lab", "--headless", "--state", state, "--offset", "21000", "--zone", "no.zone");
    assertThat(missing)
        .isEqualTo(new CommandLineRun(65, "", "thurn: no.zone: there is no such file\n"));
  }

  @Test
  void aScenarioThatIsNoneIs64AndTheOthersAreNamed() {
    CommandLineRun run = thurn("lab", "--scenario", "spoofed");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err())
        .contains("no scenario is called spoofed; there are aligned, spoofed-from, spoofed-both");
  }

  @ParameterizedTest
  @CsvSource({
    "--help, Begin with: thurn lab",
    "--help, 69   no server answers",
    "queue --help, Let a held message go on.",
    "account add --help, --password-stdin",
    "mail read --help, print every header field"
  })
  void helpIsOnStandardOutputWithCode0(String line, String words) {
    CommandLineRun run = thurn(line.split(" "));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: thurn");
    assertThat(run.out()).contains(words);
  }

  @Test
  void theVersionNamesProgramAndJava() {
    assertThat(thurn("--version").out()).startsWith("thurn ").contains("Java 25");
  }
}
