package org.thurn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.server.ChildServer;
import org.thurn.testing.Programs;

class LabProcessTest {
  @TempDir Path folder;

  /** Root keeps its user, whose files the class path is, but loses every privilege. */
  private static List<String> withoutPrivileges() {
    return System.getProperty("user.name", "").equals("root")
        ? List.of(
            Programs.require("setpriv").toString(),
            "--securebits=+noroot",
            "--inh-caps=-all",
            "--bounding-set=-all")
        : List.of();
  }

  @Test
  void theLabRunsWithoutPrivilegesAndStopsCleanlyOnSigterm() throws Exception {
    Path state = folder.resolve("state");
    List<String> arguments =
        List.of(
            "lab",
            "--headless",
            "--state",
            state.toString(),
            "--web-port",
            "0",
            "--offset",
            String.valueOf(LabTest.freeOffset()));
    try (ChildServer lab = new ChildServer(folder.resolve("out"), withoutPrivileges(), arguments)) {
      lab.awaitPrinted(Pattern.compile("The lab is up: 5 domains"));
      assertThat(state.resolve("lab.json")).isRegularFile();

      assertThat(lab.terminate()).isZero();

      assertThat(state.resolve("lab.json")).doesNotExist();
      assertThat(state.resolve("strict.example/control.sock")).doesNotExist();
      assertThat(lab.printed()).endsWith("stopping\n").doesNotContain("INFO", "Exception");
      assertThat(Files.readString(state.resolve("strict.example/mail.log")))
          .contains("action=stopped");
    }
  }

  @Test
  void aScriptPlaysAScenarioAndReadsItsEndFromTheExitCode() throws Exception {
    List<String> arguments =
        List.of(
            "lab",
            "--state",
            folder.resolve("played").toString(),
            "--web-port",
            "0",
            "--offset",
            String.valueOf(LabTest.freeOffset()),
            "--scenario",
            "body-changed",
            "--scenario",
            "forward-signed",
            "--scenario",
            "strip-starttls");
    try (ChildServer lab = new ChildServer(folder.resolve("told"), List.of(), arguments)) {
      lab.awaitPrinted(Pattern.compile("strip-starttls, .* receiver: DANE: deferred: .*\\n"));
      assertThat(lab.awaitEnd()).isZero();
      assertThat(lab.printed())
          .contains("body-changed: refused: nothing vouches")
          .contains("forward-signed: delivered: ")
          .contains(
              "strip-starttls, sender: nothing, receiver: TLS: delivered, and read by the attacker: in"
                  + " the clear");
    }
  }
}
