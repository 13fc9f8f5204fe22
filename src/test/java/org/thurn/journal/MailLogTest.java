package org.thurn.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.Recorders;
import org.thurn.time.Time;

class MailLogTest {
  private static final Ids IDS = new Ids(Time.system());

  @TempDir Path dir;

  private MailLog open(MailLog.Format format) {
    return new MailLog(dir.resolve("mail.log"), format, Time.system(), IDS);
  }

  @Test
  void aLineForEachEntryInTheOrderOfNoting() throws IOException {
    try (MailLog log = open(MailLog.Format.LOGFMT)) {
      Journey journey = Journey.to(Recorders.all(log, entry -> {}), Time.system(), IDS);
      journey.note(new Event.Discarded("one"));
      journey.note(new Event.Discarded("two words"));
    }
    List<String> lines = Files.readAllLines(dir.resolve("mail.log"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("time=20").contains(" event=").endsWith("reason=one");
    assertThat(lines.get(1)).endsWith("reason=\"two words\"");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("mail.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void jsonHasTheSameKeys() throws IOException {
    try (MailLog log = open(MailLog.Format.JSON)) {
      Journey.to(log, Time.system(), IDS).note(new Event.Discarded("one"));
    }
    assertThat(Files.readString(dir.resolve("mail.log")))
        .startsWith("{\"time\":\"")
        .contains("\"event\":\"", "\"message\":null", "\"queue\":null");
  }

  @Test
  void aRenamedFileIsLeftAloneAndANewOneBegun() throws IOException {
    try (MailLog log = open(MailLog.Format.LOGFMT)) {
      Journey journey = Journey.to(log, Time.system(), IDS);
      journey.note(new Event.Discarded("before"));
      log.flush();
      Files.move(dir.resolve("mail.log"), dir.resolve("mail.log.1"));
      journey.note(new Event.Discarded("after"));
      log.flush();
    }
    assertThat(Files.readString(dir.resolve("mail.log.1")))
        .contains("before")
        .doesNotContain("after");
    assertThat(Files.readString(dir.resolve("mail.log")))
        .contains("after")
        .doesNotContain("before");
  }

  @Test
  void aRestartAppends() throws IOException {
    for (int life = 0; life < 2; life++) {
      try (MailLog log = open(MailLog.Format.LOGFMT)) {
        Journey.to(log, Time.system(), IDS).note(new Event.Discarded("life"));
      }
    }
    assertThat(Files.readAllLines(dir.resolve("mail.log"))).hasSize(2);
  }

  @Test
  void aDirectoryThatCannotBeWrittenNeverReachesTheCaller() throws IOException {
    Path missing = dir.resolve("missing");
    try (MailLog log =
        new MailLog(missing.resolve("mail.log"), MailLog.Format.LOGFMT, Time.system(), IDS)) {
      Journey journey = Journey.to(log, Time.system(), IDS);
      journey.note(new Event.Discarded("kept"));
      log.flush();
      Files.createDirectory(missing);
    }
    assertThat(Files.readString(missing.resolve("mail.log"))).contains("kept", "could not write");
  }
}
