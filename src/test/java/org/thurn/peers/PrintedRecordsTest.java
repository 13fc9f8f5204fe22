package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.cli.CommandLineRun;
import org.thurn.server.AcmeServer;
import org.thurn.testing.Programs;

/** Openssl verifies a server by the very words that our commands print for its zone. */
@Timeout(120)
class PrintedRecordsTest {
  private static final Pattern RECORD =
      Pattern.compile("_[0-9]+\\._tcp\\.mx\\.own\\.example\\. IN TLSA (3 1 1 [0-9a-f]{64})");

  @TempDir private Path folder;
  private AcmeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new AcmeServer(folder);
    server.pebble(Map.of());
    server.start("http-01", "");
    server.awaitCertificates();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** What a command prints, and the record's data in it. */
  private static String record(String... command) {
    CommandLineRun run = CommandLineRun.thurn(command);
    Matcher record = RECORD.matcher(run.out());
    assertThat(record.find()).as(run.toString()).isTrue();
    return record.group(1);
  }

  private Programs.Ran openssl(String record, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("openssl").toString(),
                "s_client",
                "-verify_return_error",
                "-dane_tlsa_domain",
                "mx.own.example",
                "-dane_tlsa_rrdata",
                record));
    command.addAll(List.of(more));
    return Programs.run(Duration.ofSeconds(20), "", command);
  }

  private Programs.Ran bySmtp(String record) throws Exception {
    return openssl(record, "-starttls", "smtp", "-connect", "127.0.0.1:" + server.port("smtp"));
  }

  @Test
  void theServersOwnRecordVerifiesItAndOneWithAnotherDigitDoesNot() throws Exception {
    String record = record("certificates", "list", "--state", server.state().toString());

    for (Programs.Ran ran :
        List.of(bySmtp(record), openssl(record, "-connect", "127.0.0.1:" + server.port("imap")))) {
      assertThat(ran.output())
          .contains("Verification: OK", "Verify return code: 0 (ok)")
          .containsPattern("DANE TLSA 3 1 1 .*matched (the )?EE certificate at depth 0");
      assertThat(ran.exitCode()).isZero();
    }

    int last = record.length() - 1;
    String other = record.substring(0, last) + (record.charAt(last) == '0' ? '1' : '0');
    Programs.Ran refused = bySmtp(other);
    assertThat(refused.output()).contains("verify error").doesNotContain("Verification: OK");
    assertThat(refused.exitCode()).isNotZero();
  }

  @Test
  void aLookFromOutsideSaysTheSame() throws Exception {
    String seen =
        record(
            "tls",
            "127.0.0.1:" + server.port("smtp"),
            "--starttls",
            "smtp",
            "--name",
            "mx.own.example");
    assertThat(seen)
        .isEqualTo(record("certificates", "list", "--state", server.state().toString()));
  }
}
