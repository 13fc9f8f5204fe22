package org.thurn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's libmail-dmarc-perl: an independent judge of messages and reader of reports. */
public final class MailDmarc {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path MODULE = Path.of("/usr/share/perl5/Mail/DMARC.pm");
  private static final String SCRIPT = "src/test/resources/dmarc/mail-dmarc.pl";

  private MailDmarc() {}

  /** Skips the test if it is not installed. */
  public static void require() {
    Programs.require("perl");
    Programs.requireFile(MODULE);
  }

  /**
   * Asks the script.
   *
   * @param folder for its configuration
   * @param suffixes the list of public suffixes that it uses
   * @param port of the DNS on 127.0.0.1
   */
  public static List<JsonNode> ask(Path folder, Path suffixes, int port, List<JsonNode> questions)
      throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("mail-dmarc.ini"),
            "[dns]\ntimeout = 5\npublic_suffix_list = %s\n[smtp]\n[report_store]\n"
                .formatted(suffixes.toAbsolutePath()));
    StringBuilder input = new StringBuilder();
    questions.forEach(question -> input.append(JSON.writeValueAsString(question)).append('\n'));
    List<String> command = List.of("perl", SCRIPT, String.valueOf(port), config.toString());
    Programs.Ran ran = Programs.run(Duration.ofMinutes(2), input.toString(), command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    List<JsonNode> answers =
        ran.output().lines().filter(line -> line.startsWith("{")).map(JSON::readTree).toList();
    assertThat(answers).as(ran.output()).hasSameSizeAs(questions);
    return answers;
  }
}
