package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A control group below the one that this process is in. It needs no controller but the time. */
final class ControlGroup extends Group {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;

  private ControlGroup(Path folder) {
    this.folder = folder;
  }

  /** Empty where there is no version 2, or this user may not. */
  static Optional<ControlGroup> below(String name) {
    try {
      Path own =
          mount()
              .resolve(
                  Files.readString(Path.of("/proc/self/cgroup"))
                      .lines()
                      .filter(line -> line.startsWith("0::/"))
                      .map(line -> line.substring(4))
                      .findFirst()
                      .orElseThrow(() -> new IOException("no version 2")));
      Path folder =
          own.resolve(
              "thurn-bench-%d-%d-%s"
                  .formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet(), name));
      Files.createDirectory(folder);
      return Files.isWritable(folder.resolve("cgroup.procs"))
              && Files.exists(folder.resolve("cpu.stat"))
          ? Optional.of(new ControlGroup(folder))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // Descendants will do
    }
  }

  private static Path mount() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .filter(line -> line.contains(" - cgroup2 "))
          .map(line -> Path.of(line.split(" ")[4]))
          .findFirst()
          .orElseThrow(() -> new IOException("no version 2"));
    }
  }

  @Override
  String kind() {
    return "cgroup v2";
  }

  @Override
  Cpu cpu() throws IOException {
    double user = 0;
    double system = 0;
    for (String line : Files.readAllLines(folder.resolve("cpu.stat"))) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "user_usec" -> user = Long.parseLong(words[1]) / 1000.0;
        case "system_usec" -> system = Long.parseLong(words[1]) / 1000.0;
        default -> {}
      }
    }
    return new Cpu(user, system);
  }

  @Override
  Set<Long> members() throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    return Files.readAllLines(folder.resolve("cgroup.procs")).stream()
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }

  @Override
  List<String> wrapped(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", folder + "/cgroup.procs"));
    all.addAll(command);
    return all;
  }

  private boolean gone() {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    long end = System.nanoTime() + 5_000_000_000L;
    while (!gone() && System.nanoTime() < end) {
      Pause.millis(20); // an ended process keeps it until its parent has looked
    }
  }
}
