package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.testing.Programs;

/** Openssl comes back to a server of the lab, and goes on with the session that it had. */
@ExtendWith(LabFixture.class)
@Timeout(60)
class SessionResumptionTest {
  @TempDir private Path folder;
  private final RunningLab lab;

  SessionResumptionTest(RunningLab lab) {
    this.lab = lab;
  }

  private String visit(String port, String version, String name, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("openssl").toString(),
                "s_client",
                "-connect",
                lab.at("strict.example", port),
                version,
                "-servername",
                name,
                "-CAfile",
                lab.authority().toString(),
                "-verify_return_error",
                "-ign_eof"));
    if (!port.endsWith("s")) {
      command.addAll(List.of("-starttls", port));
    }
    command.addAll(List.of(more));
    Programs.Ran ran = Programs.run(Duration.ofSeconds(20), farewell(port), command);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    return ran.output();
  }

  /** After which the server closes. */
  private static String farewell(String port) {
    return switch (port) {
      case "imap", "imaps" -> "a logout\r\n";
      default -> "quit\r\n";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "smtp,  -tls1_3, TLSv1.3",
    "smtp,  -tls1_2, TLSv1.2",
    "imap,  -tls1_3, TLSv1.3",
    "imaps, -tls1_3, TLSv1.3",
    "pop3s, -tls1_3, TLSv1.3",
  })
  void aServerKnowsItsClientAgain(String port, String version, String shown) throws Exception {
    String session = folder.resolve("session").toString();
    String first = visit(port, version, "mx.strict.example", "-sess_out", session);
    assertThat(first).contains("New, " + shown);

    assertThat(visit(port, version, "mx.strict.example", "-sess_in", session))
        .contains("Reused, " + shown);
  }
}
