package org.thurn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is filled, and how a server that has it is measured. */
abstract sealed class Subject permits QueueSubject, StoreSubject {
  final Stage stage;
  final ScaleOptions options;

  Subject(Stage stage, ScaleOptions options) {
    this.stage = stage;
    this.options = options;
  }

  /** Lays a server out, with what belongs to it whether it is full or not. */
  abstract Thurn prepare(Path folder) throws Exception;

  /** Fills it, and gives the seconds that it took; even with no messages. */
  abstract double fill(Thurn thurn, long messages) throws Exception;

  /** The server that runs now, as it is before any load. */
  abstract Server server(Thurn thurn, Group group) throws Exception;

  /** What sends a load of {@code n} messages. */
  abstract Passage.Sending load(Server server, int n);

  /** What is asked of the running server after the loads. */
  abstract List<String> questions();

  /** What is asked of the folder when no server runs. */
  abstract List<String> lastQuestions();

  /**
   * Measures a server.
   *
   * @param folder of its settings and its state
   * @param fresh whether it is to be made and filled first
   */
  final Filled measure(Path folder, long messages, boolean fresh) throws Exception {
    Thurn thurn = prepare(folder);
    double generation = 0;
    if (fresh) {
      generation = fill(thurn, messages);
      Run.say("%,d messages made in %.0f s".formatted(messages, generation));
    }
    long octets = octets(thurn.state());
    List<Passage> passages = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    Group group = stage.place.keep(Group.make("scale"));
    Startup first;
    double loaded;
    try {
      first = start(thurn, group);
      loaded = loads(server(thurn, group), passages);
      for (String words : questions()) {
        commands.add(said(Command.ask(stage.launcher(), thurn.state(), group, words)));
      }
    } finally {
      stage.place.end(group);
    }
    Group last = stage.place.keep(Group.make("again"));
    Startup again;
    try {
      again = start(thurn, last);
    } finally {
      stage.place.end(last);
    }
    for (String words : lastQuestions()) {
      commands.add(said(work(thurn, words)));
    }
    return new Filled(messages, generation, first, again, octets, loaded, passages, commands);
  }

  private Startup start(Thurn thurn, Group group) throws Exception {
    Startup startup = Startup.of(thurn, group, stage.launcher());
    Run.say(
        "220 after %.2f s, %.0f MiB; quiet after %.0f s and %.1f s of processor time"
            .formatted(startup.greeting(), startup.memory(), startup.quiet(), startup.busy()));
    return startup;
  }

  private double loads(Server server, List<Passage> passages) throws Exception {
    long before = server.arrived().count();
    try (Sampler sampler = new Sampler(server.group())) {
      load(server, options.warmUp()).send();
      server.awaitDrained();
      for (int i = 0; i < options.rounds(); i++) {
        Passage passage =
            Passage.measure(stage, server, options.load(), load(server, options.load()));
        passages.add(passage);
        Run.say(
            "%s accepted/s, %s drained/s, %s ms CPU a message%s"
                .formatted(
                    Report.number(passage.accepted()),
                    Report.number(passage.drained()),
                    Report.number(passage.millis()),
                    passage.disturbed() ? " (disturbed)" : ""));
      }
      long sent = options.warmUp() + (long) options.rounds() * options.load();
      Pause.until("all arrived", 50, () -> server.arrived().count() - before >= sent);
      long arrived = server.arrived().count() - before;
      if (arrived != sent) {
        throw new IllegalStateException(sent + " messages were sent, and " + arrived + " arrived");
      }
      return sampler.most();
    }
  }

  private Command work(Thurn thurn, String words) throws Exception {
    Group own = stage.place.keep(Group.make("command"));
    try {
      return Command.work(stage.launcher(), thurn.state(), own, words);
    } finally {
      stage.place.end(own);
    }
  }

  private static Command said(Command command) {
    Run.say("thurn %s: %.2f s: %s".formatted(command.words(), command.seconds(), command.last()));
    return command;
  }

  private static long octets(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).mapToLong(Subject::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
