package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A queue of messages that wait for their next attempt, and a load that is relayed past them. */
final class QueueSubject extends Subject {
  private static final int SESSIONS = 10;

  /** Of the hours that the messages wait: what a measurement may need. */
  private static final Duration NEEDED = Duration.ofMinutes(30);

  private final Sink sink;

  QueueSubject(Stage stage, ScaleOptions options) throws Exception {
    super(stage, options);
    sink = Sink.start(stage.driver, stage.place.root());
  }

  @Override
  Thurn prepare(Path folder) throws Exception {
    Path made = folder.resolve("filled");
    if (Files.exists(made)) {
      FileTime at = Files.getLastModifiedTime(made);
      if (at.toInstant().plus(QueueFill.FIRST).minus(NEEDED).isBefore(Instant.now())) {
        throw new IOException("the messages in " + folder + " are due: fill another folder");
      }
    }
    return Thurn.prepare(folder, stage.dns, 0, Stage.relaying(sink.address()));
  }

  @Override
  double fill(Thurn thurn, long messages) throws Exception {
    Files.createFile(thurn.folder().resolve("filled"));
    return messages == 0 ? 0 : QueueFill.fill(thurn.state(), messages);
  }

  @Override
  Server server(Thurn thurn, Group group) throws Exception {
    long waiting = thurn.open();
    if (options.reuse() || waiting == 0 || waiting == options.messages()) {
      return new Server(
          thurn.smtp(), false, group, () -> thurn.open() == waiting, () -> sink.count());
    }
    throw new IllegalStateException(waiting + " recipients wait");
  }

  @Override
  Passage.Sending load(Server server, int n) {
    Load load = Load.of(n, SESSIONS, 1);
    return () -> load.send(stage.driver, stage.place.root(), server, "elsewhere.example");
  }

  @Override
  List<String> questions() {
    return List.of("status", "ledger", "queue list");
  }

  @Override
  List<String> lastQuestions() {
    return List.of();
  }
}
