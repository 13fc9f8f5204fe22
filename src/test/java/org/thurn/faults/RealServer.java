package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.thurn.access.LineClient;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.name.Mailbox;
import org.thurn.server.ChildServer;
import org.thurn.server.TestServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The program in a process of its own, with the accounts alice@ and bob@own.example. */
final class RealServer implements AutoCloseable {
  static final Mailbox ALICE = TestServer.ALICE;
  static final Mailbox BOB = Mailbox.of("bob@own.example");

  private final Path folder;
  private final TestServer settings;
  private List<String> wrapper = List.of();
  private List<String> options =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"); // starts soon
  private ChildServer process;
  private int starts;

  private RealServer(Path folder) throws Exception {
    this.folder = folder;
    this.settings = new TestServer(folder);
  }

  /** One that is not started yet. */
  static RealServer in(Path folder) throws Exception {
    return new RealServer(folder);
  }

  /** One that sees a disk of its own. */
  static RealServer on(SmallDisk disk, Path folder) throws Exception {
    return in(folder).wrapped(disk.inside());
  }

  RealServer configure(String lines) throws IOException {
    settings.configure(lines);
    return this;
  }

  /** A command before Java's own. */
  RealServer wrapped(List<String> command) {
    wrapper = command;
    return this;
  }

  RealServer options(String... ofJava) {
    options = List.of(ofJava);
    return this;
  }

  /** Starts it, and makes the accounts at the first start. */
  RealServer start() throws Exception {
    process =
        new ChildServer(
            folder.resolve("out" + starts),
            wrapper,
            options,
            List.of("serve", "--config", settings.config().toString()));
    port("smtp");
    TestServer.until(() -> new ControlClient(settings.state()).running());
    if (starts++ == 0) {
      addAccount(ALICE);
      addAccount(BOB);
    }
    return this;
  }

  void addAccount(Mailbox address) throws IOException {
    ask(
        "account-add",
        ControlClient.arguments()
            .put("address", address.toString())
            .put("password", TestServer.PASSWORD));
  }

  List<JsonNode> ask(String command, ObjectNode arguments) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    Answer into =
        new Answer() {
          @Override
          public void item(JsonNode item) {
            items.add(item);
          }

          @Override
          public void text(String text) {} // asked for JSON, it says none
        };
    Outcome outcome =
        new ControlClient(settings.state())
            .call(command, arguments.put("json", true), new byte[0], into);
    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(Exit.OK);
    return items;
  }

  /** Accepted, stored and so on, as the ledger counts. */
  long ledger(String count) throws IOException {
    return ask("ledger", ControlClient.arguments()).getFirst().path(count).asLong();
  }

  int port(String protocol) throws Exception {
    Pattern line = Pattern.compile("\\b" + protocol + " 127\\.0\\.0\\.1#(\\d+)");
    return Integer.parseInt(process.awaitPrinted(line).group(1));
  }

  LineClient connect(String protocol) throws Exception {
    return new LineClient(port(protocol));
  }

  /** A logged-in IMAP client. */
  LineClient imap(Mailbox account) throws Exception {
    LineClient client = connect("imap");
    client.line();
    String login = client.command("a", "LOGIN " + account + " \"" + TestServer.PASSWORD + "\"");
    assertThat(login).contains("a OK");
    return client;
  }

  /** How many messages the INBOX shows. */
  int inbox(Mailbox account) throws Exception {
    try (LineClient client = imap(account)) {
      String answer = client.command("b", "STATUS INBOX (MESSAGES)");
      assertThat(answer).contains("b OK");
      return Integer.parseInt(answer.replaceAll("(?s).*MESSAGES (\\d+).*", "$1"));
    }
  }

  String log() throws IOException {
    return Files.readString(settings.state().resolve("mail.log"));
  }

  ChildServer process() {
    return process;
  }

  void kill() throws Exception {
    process.kill();
  }

  void restart() throws Exception {
    process.kill();
    start();
  }

  @Override
  public void close() throws Exception {
    if (process != null) {
      process.close();
    }
    settings.close();
  }
}
