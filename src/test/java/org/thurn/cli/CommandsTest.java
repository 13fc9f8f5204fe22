package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;
import static org.thurn.cli.CommandLineRun.thurnWithInput;
import static org.thurn.server.TestServer.ALICE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.admin.Exit;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command that asks a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server =
        new TestServer(folder)
            .configure(TestServer.PLAIN_LISTENERS + "[mta-sts]\nmode = \"testing\"\n")
            .start();
    server.account(ALICE);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private CommandLineRun run(String... words) {
    return runWithInput("", words);
  }

  private CommandLineRun runWithInput(String input, String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--state");
    all.add(server.state().toString());
    return thurnWithInput(input, all.toArray(String[]::new));
  }

  private static List<JsonNode> objects(CommandLineRun run) {
    assertThat(run.exit()).as(run.toString()).isZero();
    return run.out().lines().map(JSON::readTree).toList();
  }

  private static void says(CommandLineRun run, int exit, String words) {
    assertThat(run.exit()).as(run.toString()).isEqualTo(exit);
    assertThat(exit == Exit.OK ? run.out() : run.err()).contains(words);
  }

  @Test
  void accountsAreAddedChangedListedAndRemoved() throws Exception {
    String dave = "dave@second.example";
    says(runWithInput("pw\n", "account", "add", dave, "--password-stdin"), 0, "account " + dave);
    says(runWithInput("pw\n", "account", "add", dave, "--password-stdin"), 1, dave);
    says(runWithInput("pw2\n", "account", "password", dave, "--password-stdin"), 0, "set");
    says(
        runWithInput("pw2\n", "account", "password", "no@second.example", "--password-stdin"),
        1,
        "no");
    says(
        runWithInput("pw\n", "account", "add", "no address", "--password-stdin"), 64, "no address");
    assertThat(run("account", "list").out()).contains(ALICE + "\n").contains(dave + "\n");
    assertThat(objects(run("account", "list", "--json")))
        .anySatisfy(item -> assertThat(item.path("address").asString()).isEqualTo(dave));
    says(run("account", "remove", dave), 0, "removed");
    says(run("account", "remove", dave), 1, dave);
    assertThat(server.server().inside().directory().account(Mailbox.of(dave))).isEmpty();
  }

  @Test
  void aliasesAndTheCatchAllAreSetListedAndRemoved() {
    says(
        run("alias", "add", "info@own.example", "alice@own.example", "x@sender.example"),
        0,
        "info");
    says(run("alias", "add", "*@own.example", "alice@own.example"), 0, "*@own.example");
    says(run("alias", "add", "info@nowhere.example", "alice@own.example"), 1, "nowhere.example");
    says(run("alias", "add", "info@own.example", "alice@@x"), 64, "not a domain name");
    assertThat(run("alias", "list").out())
        .contains("*@own.example -> alice@own.example\n")
        .contains("info@own.example -> alice@own.example, x@sender.example\n");
    assertThat(objects(run("alias", "list", "--json")))
        .anySatisfy(item -> assertThat(item.path("targets").size()).isEqualTo(2));
    says(run("alias", "remove", "info@own.example"), 0, "removed");
    says(run("alias", "remove", "info@own.example"), 1, "info");
    says(run("alias", "remove", "*@own.example"), 0, "removed");
    assertThat(run("alias", "list").out()).isEmpty();
  }

  @Test
  void keysAreListedPrintedAndRotated() {
    List<String> lines = run("dkim", "publish", "own.example").out().lines().toList();
    assertThat(lines)
        .hasSize(2)
        .allMatch(line -> line.contains("._domainkey.own.example. 3600 IN TXT ( \"v=DKIM1; k="));
    assertThat(run("dkim", "keys").out())
        .contains("own.example  2", "a-rsa  rsa-sha256  published since", "publish its record");
    assertThat(objects(run("dkim", "keys", "own.example", "--json")))
        .hasSize(2)
        .allSatisfy(
            item -> {
              assertThat(item.path("state").asString()).isEqualTo("published");
              assertThat(item.path("signs").asBoolean()).isFalse();
              assertThat(item.path("record").asString()).startsWith("v=DKIM1; k=");
            });
    says(run("dkim", "rotate", "own.example"), 0, "rotation of own.example begun: ");
    says(run("dkim", "rotate", "nowhere.example"), 1, "no domain nowhere.example");
    says(run("dkim", "keys", "a..b"), 64, "not a domain");
  }

  @Test
  void aDomainsSettingsAreSetAndListed() {
    says(run("domain", "set", "own.example", "plus-addressing", "false"), 0, "= false");
    says(run("domain", "set", "own.example", "plus-addressing", "true"), 0, "= true");
    says(run("domain", "set", "own.example", "quota-octets", "1000000"), 0, "1000000");
    assertThat(objects(run("domain", "list", "--json")))
        .anySatisfy(item -> assertThat(item.path("quota-octets").asLong()).isEqualTo(1_000_000));
    says(run("domain", "set", "own.example", "quota-octets", "none"), 0, "none");
    says(run("domain", "set", "own.example", "quota-octets", "lots"), 64, "whole number");
    says(run("domain", "set", "own.example", "scram", "perhaps"), 64, "true or false");
    says(run("domain", "set", "own.example", "colour", "red"), 64, "scram, plus-addressing");
    says(run("domain", "set", "nowhere.example", "scram", "true"), 1, "nowhere.example");
    says(run("domain", "list"), 0, "own.example");
    says(
        run("domain", "records", "own.example"),
        0,
        "_mta-sts.own.example. 3600 IN TXT \"v=STSv1; id=");
    assertThat(
            objects(run("domain", "records", "own.example", "--json"))
                .getLast()
                .path("line")
                .asString())
        .isEqualTo("mta-sts.own.example. 3600 IN CNAME mx.own.example.");
    says(run("domain", "records", "nowhere.example"), 1, "there is no domain nowhere.example");
    says(run("domain", "records", "a..b"), 64, "not a domain");
  }

  @Test
  void aDomainMayHaveAliasesOnly() {
    says(run("domain", "add", "aliases.example"), 0, "aliases.example made");
    says(run("domain", "add", "aliases.example"), 1, "exists already");
    says(run("alias", "add", "info@aliases.example", "alice@own.example"), 0, "info");
    says(run("domain", "remove", "aliases.example"), 0, "removed");
    says(run("domain", "remove", "aliases.example"), 1, "no domain");
    says(run("domain", "remove", "own.example"), 1, "still has accounts");
    assertThat(run("alias", "list").out()).isEmpty();
  }

  @Test
  void anAccountHasAQuotaAndOtherAddressesToSendAs() {
    says(run("account", "set", "alice@own.example", "quota-octets", "5000"), 0, "= 5000");
    says(
        run("account", "set", "alice@own.example", "send-as", "a@own.example", "B@x.example"),
        0,
        "a@own.example, B@x.example");
    assertThat(objects(run("account", "list", "--json")))
        .anySatisfy(
            item -> {
              assertThat(item.path("quota-octets").asLong()).isEqualTo(5_000);
              assertThat(item.path("send-as").toString())
                  .isEqualTo("[\"a@own.example\",\"b@x.example\"]");
            });
    says(run("account", "set", "alice@own.example", "quota-octets", "lots"), 64, "or domain");
    says(run("account", "set", "alice@own.example", "send-as", "a@@b"), 64, "domain name");
    says(run("account", "set", "alice@own.example", "colour", "red"), 64, "quota-octets, send-as");
    says(run("account", "set", "nobody@own.example", "quota-octets", "5"), 1, "no account");
    says(run("account", "set", "alice@own.example", "quota-octets", "domain"), 0, "= domain");
    says(run("account", "set", "alice@own.example", "send-as"), 0, "send-as");
    assertThat(run("account", "list", "--json").out()).doesNotContain("quota-octets", "send-as");
  }

  @Test
  void theStateMayStandBeforeAnInnerCommand() throws Exception {
    String state = server.state().toString();
    CommandLineRun read =
        thurn("mail", "--state", state, "--json", "read", "--as", "nobody@own.example");
    says(read, 1, "no account");
    CommandLineRun last =
        thurn("mail", "--state", "/nowhere", "read", "--as", "x@own.example", "--state", state);
    says(last, 1, "no account");
    says(thurn("mail", "--state", "/nowhere", "read", "--as", "x@own.example"), 69, "/nowhere");
  }

  @Test
  void mailIsSentAndRead() throws Exception {
    String bob = "bob@own.example";
    server.account(Mailbox.of(bob));
    says(run("mail", "read", "--as", bob), 1, "INBOX is empty");
    says(run("mail", "read", "--as", "nobody@own.example"), 1, "no account");
    says(run("mail", "read", "--as", bob, "Nowhere"), 1, "no mailbox Nowhere");
    says(run("mail", "read", "--as", bob, "INBOX", "9"), 1, "no message 9");

    CommandLineRun sent =
        runWithInput("Gr\u00fc\u00dfe\n", "mail", "--as", ALICE.toString(), "-s", "Tee?", bob);
    says(sent, 0, "queued as ");
    server.inbox(Mailbox.of(bob), 1);

    says(run("mail", "read", "--as", bob), 0, "Tee?");
    says(run("mail", "read", "--as", bob, "INBOX", "1"), 0, "Subject: Tee?\n\nGr\u00fc\u00dfe\n");
    assertThat(run("mail", "read", "--as", bob, "INBOX", "1").out()).doesNotContain("Received:");
    says(run("mail", "read", "--as", bob, "INBOX", "1", "--headers"), 0, "Received: ");
    assertThat(objects(run("mail", "read", "--as", bob, "--json")))
        .singleElement()
        .matches(item -> item.path("uid").asLong() == 1 && !item.path("seen").asBoolean())
        .matches(item -> item.path("subject").asString().equals("Tee?"));
    assertThat(objects(run("mail", "read", "--as", bob, "INBOX", "1", "--json")))
        .singleElement()
        .matches(item -> item.path("text").asString().endsWith("Gr\u00fc\u00dfe"));

    String id = sent.out().replace("queued as ", "").strip();
    says(run("trace", id), 0, "stored for bob@own.example in INBOX");
    assertThat(objects(run("trace", id, "--json")))
        .allMatch(event -> event.has("time") && event.has("id") && event.has("type"))
        .anyMatch(event -> event.path("type").asString().equals("stored"));
    says(run("trace", "bob@own.example"), 0, "stored for bob@own.example");
  }

  @Test
  void whatMailRefusesIsSaidWithTheRightCode() {
    says(run("mail", "--as", "nobody@own.example", "bob@own.example"), 1, "no account");
    says(run("mail", "--as", ALICE.toString(), "not-there@own.example"), 1, "550");
    says(run("mail", "--as", ALICE.toString(), "no address"), 64, "no address");
    CommandLineRun subjectOnly =
        run("mail", "--as", ALICE.toString(), "-s", "Only this", ALICE.toString());
    says(subjectOnly, 0, "queued as ");
  }

  @Test
  void aTraceOfNothingIs1() {
    says(run("trace", "<nothing@own.example>"), 1, "nothing is known of <nothing@own.example>");
    assertThat(run("trace", "<nothing@own.example>", "--json"))
        .matches(run -> run.exit() == Exit.NO && run.out().isEmpty());
  }

  @Test
  void aWaitingMessageIsListedHeldReleasedRetriedAndDropped() throws Exception {
    CommandLineRun sent = run("mail", "--as", ALICE.toString(), "-s", "far", "x@sender.example");
    String id = sent.out().replace("queued as ", "").strip();
    TestServer.until(() -> run("queue", "list").out().contains("deferred"));

    assertThat(run("queue", "list").out())
        .contains(id + "  ", "from <alice@own.example>", "to x@sender.example: 1 attempt")
        .contains("deferred", "1 message\n")
        .doesNotContain("Optional", "Deferred[");
    says(run("queue", "hold", id), 0, id + ": hold");
    says(run("queue", "list"), 0, "HELD");
    assertThat(objects(run("queue", "list", "--json")))
        .singleElement()
        .matches(item -> item.path("held").asBoolean())
        .matches(item -> item.path("queue").asString().equals(id))
        .matches(
            item ->
                item.at("/recipients/0/last/outcome").asString().equals("deferred")
                    && item.at("/recipients/0/last/status").asString().startsWith("4."));
    says(run("queue", "release", id), 0, id + ": release");
    says(run("queue", "retry", id), 0, id + ": retry");
    says(run("queue", "drop", id), 0, id + ": drop");
    TestServer.until(() -> run("queue", "list").out().equals("0 messages\n"));
    says(run("queue", "drop", id), 1, "no message " + id);
    says(run("queue", "hold", "?"), 64, "not a queue id");
  }

  @Test
  void theLedgerBalances() throws Exception {
    TestServer.until(() -> run("ledger").exit() == Exit.OK);
    says(run("ledger"), 0, "accepted ");
    assertThat(objects(run("ledger", "--json")))
        .singleElement()
        .matches(item -> item.path("balanced").asBoolean());
  }

  @Test
  void theStatusNamesTheListeners() {
    says(run("status"), 0, "hostname  mx.own.example");
    says(run("status"), 0, "imap 127.0.0.1#" + server.port("imap"));
    JsonNode status = objects(run("status", "--json")).getFirst();
    assertThat(status.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(status.path("listeners").size()).isEqualTo(5);
  }

  @Test
  void aReloadSaysWhatItDid() {
    says(run("reload"), 0, "settings read again from ");
    assertThat(objects(run("reload", "--json"))).singleElement().matches(item -> item.has("done"));
  }

  @Test
  void aServerThatRunsKeepsTheStoreFromASecondOne() {
    CommandLineRun second = thurn("serve", "--config", server.config().toString());
    assertThat(second.exit()).isEqualTo(Exit.TEMPORARY);
    assertThat(second.err()).isNotEmpty();
    says(run("status"), 0, "hostname  mx.own.example");
  }
}
