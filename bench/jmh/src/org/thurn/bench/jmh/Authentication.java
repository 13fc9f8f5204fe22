package org.thurn.bench.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures Thurn and its peers on the same messages, and prints a table in Markdown. */
public final class Authentication {
  private static final double IDLE = 0.3;
  private static final int PEER_MESSAGES = 4_000;

  private Authentication() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    List<String> options = List.of(arguments).subList(1, arguments.length);
    if (!List.of("--quick", "--anyway", "--profile").containsAll(options)) {
      System.err.println("usage: bench/authentication [--quick] [--anyway] [--profile]");
      System.exit(64);
    }
    double load = Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    if (load > IDLE && !options.contains("--anyway")) {
      System.err.println("bench: others use this machine (load " + load + "); --anyway measures");
      System.exit(75);
    }
    Path folder = Files.createTempDirectory("thurn-authentication-");
    try {
      Corpus.make(folder);
      table(root, folder, options, load);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void table(Path root, Path folder, List<String> options, double load)
      throws Exception {
    boolean quick = options.contains("--quick");
    Map<Work, Double> ours = ours(root, folder, options);
    List<Peer> peers = List.of(Peer.openDkim(root, folder), Peer.dkimpy(root, folder));
    List<String> lines = new ArrayList<>();
    lines.add("| CPU ms a message | Thurn | goal | OpenDKIM | ratio | dkimpy | ratio |");
    lines.add("| --- | --- | --- | --- | --- | --- | --- |");
    for (Work work : Work.values()) {
      double own = ours.get(work);
      StringBuilder line = new StringBuilder("| " + work.words() + " | " + figure(own) + " | ");
      line.append(work.goal() == 0 ? "" : "< " + work.goal()).append(" |");
      for (Peer peer : peers) {
        if (work.word().isEmpty()) {
          line.append(" | |");
        } else {
          double theirs = peer.measure(work, quick ? PEER_MESSAGES / 20 : PEER_MESSAGES);
          line.append(" " + figure(theirs) + " | " + figure(own / theirs) + " |");
        }
      }
      lines.add(line.toString());
    }
    System.out.println();
    lines.forEach(System.out::println);
    System.out.println("\nRatio: Thurn's divided by the peer's. Load at the start: " + load);
  }

  private static Map<Work, Double> ours(Path root, Path folder, List<String> options)
      throws Exception {
    boolean quick = options.contains("--quick");
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include("\\." + MessageCost.class.getSimpleName() + "\\.")
            .addProfiler(CpuProfiler.class)
            .forks(quick ? 1 : 2)
            // the compiler needs longer than the figures do to come to rest
            .warmupIterations(quick ? 2 : 6)
            .measurementIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(quick ? 2 : 3))
            .measurementTime(TimeValue.seconds(2))
            .jvmArgsAppend(
                "-D" + MessageCost.FOLDER + "=" + folder,
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    if (options.contains("--profile")) {
      Path to = root.resolve("bench/results/authentication");
      builder.addProfiler("jfr", "dir=" + to + ";configName=profile");
    }
    Collection<RunResult> results = new Runner(builder.build()).run();
    Map<Work, Double> figures = new EnumMap<>(Work.class);
    for (RunResult result : results) {
      for (Work work : Work.values()) {
        if (result.getParams().getBenchmark().endsWith("." + work.method())) {
          figures.put(work, result.getSecondaryResults().get(CpuProfiler.NAME).getScore());
        }
      }
    }
    return figures;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
