package org.thurn.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets Jazzer look for inputs that fail one target, in a process of its own: seeds from the tree,
 * what it learns and finds under {@code target/fuzz/TARGET/}.
 */
final class Campaign {
  private static final Path ROOT = Path.of("target", "fuzz").toAbsolutePath();

  /** An input that takes so long by the clock hangs: a busy machine is no reason. */
  private static final int HANGS_AFTER_SECONDS = 60;

  /** The start of a process and its end, on a busy machine. */
  private static final Duration AROUND = Duration.ofSeconds(180);

  private static final int MAX_INPUT = 4096;

  /** A seed that libFuzzer draws by itself. */
  static final int ANY_SEED = 0;

  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+)");

  private Campaign() {}

  /**
   * How a run ended.
   *
   * @param executions inputs given to the target
   * @param coverage edges of the program that were reached, as Jazzer counts them
   * @param finding the input that failed, if one did
   * @param said everything that Jazzer printed
   */
  record Run(
      Target target,
      Duration took,
      long executions,
      long coverage,
      Optional<Path> finding,
      int exitCode,
      String said) {
    /** The last lines, for a test that fails. */
    String end() {
      return said.substring(Math.max(0, said.length() - 6_000));
    }
  }

  /**
   * Fuzzes a target for so long.
   *
   * @param seed of chance, or {@link #ANY_SEED}
   */
  static Run run(Target target, Duration length, int seed)
      throws IOException, InterruptedException {
    Path folder = ROOT.resolve(target.label());
    Files.createDirectories(folder.resolve("corpus"));
    Path temporary = Files.createTempDirectory(temporaries(), "thurn-fuzz-");
    List<Path> before = findings(folder);
    Path output = folder.resolve("output.txt");
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command(target, folder, temporary, length, seed))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      long limit = length.plus(AROUND).toSeconds();
      if (!process.waitFor(limit, TimeUnit.SECONDS)) {
        throw new AssertionError(target.label() + " did not end within " + limit + " s");
      }
    } finally {
      process.destroyForcibly();
      Folders.delete(temporary);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String said = Files.readString(output, StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>(findings(folder));
    found.removeAll(before);
    return new Run(
        target,
        took,
        last(EXECUTIONS, said),
        last(COVERAGE, said),
        found.stream().findFirst(),
        process.exitValue(),
        said);
  }

  /** Where a store syncs fastest: what it holds is of no use after the run. */
  private static Path temporaries() {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static List<String> command(
      Target target, Path folder, Path temporary, Duration length, int seed) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx700m",
            "-Xss1m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + temporary,
            "-Dthurn.fuzz.target=" + target.label(),
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzEntry.class.getName(),
            "--instrumentation_includes=org.thurn.**:tools.jackson.dataformat.toml.**",
            "--instrumentation_excludes=org.thurn.fuzz.**",
            "--custom_hook_includes=org.thurn.**",
            "--reproducer_path=" + folder));
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-max_total_time=" + length.toSeconds());
    command.add("-seed=" + seed);
    command.add("-timeout=" + HANGS_AFTER_SECONDS);
    command.add("-max_len=" + MAX_INPUT);
    command.add("-print_final_stats=1");
    command.add("-rss_limit_mb=3000");
    Seeds.words(target).ifPresent(words -> command.add("-dict=" + words));
    command.add(folder.resolve("corpus").toString());
    command.add(Seeds.folder(target).toString());
    return command;
  }

  /** Inputs that failed: libFuzzer names them so. */
  private static List<Path> findings(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*"))
          .sorted()
          .toList();
    }
  }

  private static long last(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    long found = 0;
    while (matcher.find()) {
      found = Long.parseLong(matcher.group(1));
    }
    return found;
  }
}
