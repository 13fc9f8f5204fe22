package org.thurn.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code bench/fuzz [--seconds N] [TARGET…]}: fuzzes the targets one after the other; with all of
 * them, writes docs/fuzzing.md.
 */
final class FuzzRecord {
  private static final Path PAGE = Path.of("docs", "fuzzing.md");
  private static final String HEAD =
      """
      # Fuzzing

      [Jazzer](https://github.com/CodeIntelligenceTesting/jazzer) gives each target inputs that it makes
      from seeds, guided by which edges of the program they reach. A target is a parser with what must hold
      of it, or a whole session on a connection in memory, with the real store behind it. A finding is:

      - any exception that a parser does not promise; of a session, any that reaches the one catch;
      - a promise that is broken: what is read, written and read again is the same; a message is no other
        for being cut into other pieces; a reply is well formed and no longer than allowed; what a session
        notes comes back from the journal as it was and is one line of the mail log;
      - more than a second of processor time or 256 MiB of memory for one input of at most 4 KiB, or a
        minute by the clock.

      `./thurn test` runs the seeds of `src/test/resources/fuzz` through all targets; where `CI=true`, each
      target is also fuzzed for 15 seconds and must reach 1,000 executions. `bench/fuzz` looks for longer
      and wrote this page. What it finds is kept in `target/fuzz/TARGET/`; fixed, it becomes a seed.

      ## The last run

      """;

  private FuzzRecord() {}

  /** Exit code 1 if anything was found. */
  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    int seconds = 60;
    if (!rest.isEmpty() && rest.getFirst().equals("--seconds")) {
      seconds = Integer.parseInt(rest.get(1));
      rest = rest.subList(2, rest.size());
    }
    List<Target> targets =
        rest.isEmpty() ? List.of(Target.values()) : rest.stream().map(Target::named).toList();
    List<Campaign.Run> runs = new ArrayList<>();
    for (Target target : targets) {
      Campaign.Run run = Campaign.run(target, Duration.ofSeconds(seconds), Campaign.ANY_SEED);
      runs.add(run);
      System.out.println(row(run));
      if (run.exitCode() != 0) {
        System.out.println(run.end());
      }
      if (rest.isEmpty()) {
        write(runs, seconds); // after each, so that a run that is ended leaves what it has
      }
    }
    boolean found = runs.stream().anyMatch(run -> run.exitCode() != 0);
    System.exit(found ? 1 : 0);
  }

  private static void write(List<Campaign.Run> runs, int seconds) throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    page.append(
        "%s, `bench/fuzz --seconds %d`, on a machine of %d cores: %,d executions.\n\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                seconds,
                Runtime.getRuntime().availableProcessors(),
                runs.stream().mapToLong(Campaign.Run::executions).sum()));
    page.append("| target | what it takes | executions | edges reached | found |\n");
    page.append("| --- | --- | ---: | ---: | --- |\n");
    runs.forEach(run -> page.append(row(run)).append('\n'));
    int left = Target.values().length - runs.size();
    page.append(left == 0 ? "" : "\nThe run was ended before %d more targets.\n".formatted(left));
    page.append("\n## What the targets have found\n\nBy a seed made by hand or by Jazzer. ");
    page.append("Each is fixed, and its seed kept.\n\n");
    page.append("| seed | what it did |\n| --- | --- |\n");
    for (Seeds.Finding finding : Seeds.findings()) {
      page.append("| `%s` | %s |\n".formatted(finding.seed(), finding.what()));
    }
    Files.writeString(PAGE, page);
  }

  private static String row(Campaign.Run run) {
    String found = run.exitCode() == 0 ? "nothing" : "an input that fails";
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %,d | %,d | %s |",
        run.target().label(),
        run.target().what(),
        run.executions(),
        run.coverage(),
        found);
  }
}
