package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A workload measured once, by a server that was just started in an empty folder.
 *
 * @param cold the first messages that it ever took, in ten sessions
 * @param warm those after the warm-up, in ten sessions
 * @param warmWide the same in fifty
 * @param idle MiB before the first message
 * @param loaded MiB at the most during the warm-up
 */
record Trial(
    Workload workload,
    int round,
    Passage cold,
    Passage warm,
    Passage warmWide,
    double idle,
    double loaded,
    Latency latency) {
  private static final int NARROW = 10;
  private static final int WIDE = 50;
  private static final long SETTLE_MILLIS = 1_000;
  private static final int CHECKS = 5;

  boolean disturbed() {
    return cold.disturbed() || warm.disturbed() || warmWide.disturbed();
  }

  /** Starts the server, measures, ends it. */
  static Trial run(Stage stage, Workload workload, int round, Options options) throws Exception {
    Path folder = stage.place.folder(workload.name().toLowerCase(Locale.ROOT));
    Group group = stage.place.keep(Group.make(workload.name()));
    try {
      Server server = stage.start(workload, group, folder);
      Pause.millis(SETTLE_MILLIS);
      double idle = group.memory();
      Load narrow = Load.of(options.messages(), NARROW, workload.mailboxes);
      Load wide = Load.of(options.messages(), WIDE, workload.mailboxes);
      Load warmUp = Load.of(options.warmUp(), NARROW, workload.mailboxes);
      Passage cold = Passage.measure(stage, workload, server, narrow);
      double loaded = warmUp(stage, workload, server, warmUp);
      Passage warm = Passage.measure(stage, workload, server, narrow);
      Passage warmWide = Passage.measure(stage, workload, server, wide);
      Latency latency = Latency.measure(server, workload, options.probes());
      server.awaitDrained();
      long sent = 2L * narrow.messages() + wide.messages() + warmUp.messages() + options.probes();
      check(server, sent);
      return new Trial(workload, round, cold, warm, warmWide, idle, loaded, latency);
    } catch (Exception e) {
      throw new IllegalStateException(workload + " failed; its output: " + output(folder), e);
    } finally {
      stage.place.end(group, folder);
    }
  }

  private static String output(Path folder) throws IOException {
    Path file = folder.resolve("output");
    return Files.exists(file) ? Files.readString(file) : "none";
  }

  /** A load that is not measured but for the memory that the server takes under it. */
  private static double warmUp(Stage stage, Workload workload, Server server, Load load)
      throws Exception {
    double most = 0;
    try (Sampler sampler = new Sampler(server.group())) {
      load.send(stage.driver, stage.place.root(), server, workload.domain());
      server.awaitDrained();
      most = sampler.most();
    }
    return most;
  }

  /** A server that loses mail is fast. */
  private static void check(Server server, long sent) throws Exception {
    long arrived = server.arrived().count();
    for (int i = 0; i < CHECKS && arrived >= 0 && arrived < sent; i++) {
      Pause.millis(SETTLE_MILLIS); // smtp-sink tells its last count a moment after its last 250
      arrived = server.arrived().count();
    }
    if (arrived >= 0 && arrived != sent) {
      throw new IllegalStateException(sent + " messages were sent, and " + arrived + " arrived");
    }
  }
}
