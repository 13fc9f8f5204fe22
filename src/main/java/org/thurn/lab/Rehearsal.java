package org.thurn.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Submitter;
import org.thurn.server.MailServer;
import org.thurn.server.SettingsException;
import org.thurn.server.Shared;
import org.thurn.store.rocksdb.FileTree;
import org.thurn.time.Time;

/**
 * Runs a server and the lab for a moment in a temporary folder and sends one message through them,
 * so that the JVM can note which classes a start needs (the AOT cache).
 */
public final class Rehearsal {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int TRIES = 5;
  private static final String ID = "<rehearsal@strict.example>";

  /** On ports that are free. */
  private static final String SETTINGS =
      """
      state = "alone"
      hostname = "mx.strict.example"
      [[listener]]
      protocol = "smtp"
      address = "127.0.0.1"
      port = 0
      [[listener]]
      protocol = "submission"
      address = "127.0.0.1"
      port = 0
      [[listener]]
      protocol = "imap"
      address = "127.0.0.1"
      port = 0
      [dns]
      servers = ["127.0.0.1:53"]
      """;

  private Rehearsal() {}

  /** Returns 0 if the message arrived. */
  public static int run() throws Exception {
    Path state = Files.createTempDirectory("thurn-rehearsal");
    try {
      alone(state);
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Optional<Boolean> arrived =
            tryAt(state, 8_000 + ThreadLocalRandom.current().nextInt(18_000));
        if (arrived.isPresent()) {
          return arrived.get() ? 0 : 1;
        }
      }
      return 1;
    } finally {
      FileTree.remove(state);
    }
  }

  /** One server, as {@code thurn serve} starts it. */
  private static void alone(Path folder) throws IOException, SettingsException {
    Path config = folder.resolve("thurn.toml");
    Files.writeString(config, SETTINGS);
    try (Shared shared = Shared.open();
        MailServer server = MailServer.start(config, shared, Time.system())) {
      server.greeting();
    }
  }

  private static Optional<Boolean> tryAt(Path state, int offset) throws Exception {
    try (Lab lab = Lab.start(new LabSettings(state, 0, offset, List.of()), Time.system())) {
      return Optional.of(send(lab));
    } catch (BindException e) {
      return Optional.empty(); // somebody has one of these ports: another offset
    }
  }

  private static boolean send(Lab lab) throws IOException, InterruptedException {
    Mailbox from = Mailbox.of("alice@strict.example");
    Mailbox to = Mailbox.of("bob@soft.example");
    String text =
        "From: <%s>\r\nTo: <%s>\r\nMessage-ID: %s\r\nSubject: rehearsal\r\n\r\nHello.\r\n"
            .formatted(from, to, ID);
    Submitter submitter = lab.inside(LabDomain.STRICT).submitter();
    submitter.submit(
        new Submitter.Submission(from, ReversePath.of(from), List.of(to), false),
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    Time time = Time.system();
    long end = time.ticks() + LONGEST.toNanos();
    while (time.ticks() < end) {
      boolean stored =
          lab.inside(LabDomain.SOFT).journal().trace(ID).stream()
              .anyMatch(entry -> entry.event() instanceof Event.Stored);
      if (stored) {
        return true;
      }
      time.pause(STEP);
    }
    return false;
  }
}
