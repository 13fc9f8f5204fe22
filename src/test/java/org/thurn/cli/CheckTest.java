package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.admin.Exit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code thurn check} on the domains of a lab. */
@Timeout(120)
class CheckTest {
  @TempDir private static Path folder;
  private static CommandLab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = CommandLab.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    lab.close();
  }

  private static CommandLineRun check(String... more) {
    List<String> words = new ArrayList<>(List.of("check", "--port", "" + lab.port(2525)));
    words.addAll(lab.options());
    words.addAll(List.of(more));
    return thurn(words.toArray(String[]::new));
  }

  private static List<String> verdicts(String domain) {
    CommandLineRun run = check("--json", domain);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    List<String> verdicts = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode json = JsonMapper.shared().readTree(line);
      assertThat(json.propertyNames()).containsExactly("check", "verdict", "found", "advice");
      verdicts.add(json.get("check").stringValue() + " " + json.get("verdict").stringValue());
    }
    return verdicts;
  }

  @Test
  void theStrictOneIsProtected() {
    assertThat(verdicts("strict.example"))
        .contains(
            "mx good",
            "address good",
            "reverse good",
            "smtp good",
            "starttls good",
            "certificate good",
            "dane good",
            "dnssec good",
            "spf good",
            "dmarc good",
            "postmaster good",
            "abuse good");
  }

  @Test
  void thePlainOneIsNot() {
    assertThat(verdicts("plain.example"))
        .contains("mx good", "starttls bad", "dnssec warn", "spf bad", "dkim bad", "dmarc bad");
  }

  @Test
  void aPersonReadsIt() {
    CommandLineRun run = check("soft.example");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("soft.example\n\nWhere its mail goes\n  good     mx            10 mx.soft.")
        .contains("  warn     dmarc         v=DMARC1; p=none\n")
        .contains("→ It only watches.")
        .containsPattern("\\n\\d+ good, \\d+ warn(, \\d+ bad)?(, \\d+ unknown)?\\n$");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void noSuchDomainIs1() {
    CommandLineRun run = check("nowhere.example");
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.err()).isEqualTo("thurn: there is no domain nowhere.example\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "check not..a.domain",
        "check --port 0 strict.example",
        "check --selector a..b strict.example",
        "check --blocklist .. strict.example",
        "check --helo _ strict.example",
        "check --resolver nobody strict.example"
      })
  void aWrongCommandLineIs64(String line) {
    assertThat(thurn(line.split(" ")).exit()).isEqualTo(Exit.USAGE);
  }
}
