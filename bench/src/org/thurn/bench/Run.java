package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program: measures, prints tables, writes the raw figures. */
public final class Run {
  private static final long WATCH_MILLIS = 2_000;
  static final int USAGE = 64;
  private static final int DISTURBED = 75;

  private Run() {}

  /**
   * @param arguments the project's root, then the words of {@link Options#USAGE}
   */
  public static void main(String[] arguments) throws Exception {
    String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
    if (List.of("-h", "--help").containsAll(List.of(words)) && words.length > 0) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(Path.of(arguments[0]), words);
    } catch (IllegalArgumentException e) {
      say("bench: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(USAGE);
      return;
    }
    double cores = alone(options.anyway());
    try (Workplace place = new Workplace(options.parent())) {
      measure(options, place, cores);
    }
    System.exit(0);
  }

  /** Cores that others use. Where that is too much, and nobody said --anyway, it ends here. */
  static double alone(boolean anyway) throws IOException {
    double cores = Others.beforehand(WATCH_MILLIS);
    if (cores > Others.LIMIT && !anyway) {
      say(
          ("bench: others use %s cores of this machine: figures would mean nothing."
                  + " Wait, or say --anyway.")
              .formatted(Report.number(cores)));
      System.exit(DISTURBED);
    }
    return cores;
  }

  private static void measure(Options options, Workplace place, double cores) throws Exception {
    if (place.disk().equals("tmpfs") && !options.anyway()) {
      throw new IOException(options.parent() + " is no disk: name one with --parent, or --anyway");
    }
    Stage stage = new Stage(options.root().resolve("thurn"), place);
    Map<String, String> facts = Facts.gather(options.root(), place, stage.driver);
    facts.put("others' cores before", Report.number(cores));
    List<?> measured;
    String tables;
    if (options.imap()) {
      List<MailboxFigures> figures = ImapRun.all(stage, options);
      measured = figures;
      tables = ImapTables.markdown(figures);
    } else {
      List<Trial> trials = trials(stage, options);
      measured = trials;
      tables = new MailTables(trials).markdown();
    }
    Path raw = Report.raw(options.root(), facts, measured);
    facts.forEach((key, value) -> System.out.println("- " + key + ": " + value));
    System.out.println();
    System.out.print(tables);
    say("raw figures: " + raw);
  }

  private static List<Trial> trials(Stage stage, Options options) throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Workload workload : Workload.values()) {
        if (options.wants(workload)) {
          Trial trial = Trial.run(stage, workload, round, options);
          trials.add(trial);
          say(
              "round %d: %s, %s: %s accepted/s, %s drained/s%s"
                  .formatted(
                      round,
                      workload.label,
                      workload.server,
                      Report.number(trial.warm().accepted()),
                      Report.number(trial.warm().drained()),
                      trial.disturbed() ? " (disturbed)" : ""));
        }
      }
    }
    return trials;
  }

  static void say(String words) {
    System.err.println(words);
  }
}
