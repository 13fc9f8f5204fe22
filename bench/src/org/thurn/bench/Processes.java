package org.thurn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What proc(5) tells of every process of this machine. */
final class Processes {
  /** USER_HZ, the same on every Linux machine that Debian runs on. */
  static final long TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  /** PF_KTHREAD: a thread of the kernel, such as a journal's writer. */
  private static final long KERNEL_THREAD = 0x0020_0000;

  private Processes() {}

  /**
   * Fields of /proc/PID/stat, times in ticks.
   *
   * @param kernel whether it is a thread of the kernel
   * @param user in user mode
   * @param system in the kernel
   * @param childrenUser of the children that were waited for
   * @param childrenSystem the same
   * @param begun after the machine's start: tells a process from a later one of its number
   */
  record Stat(
      long pid,
      long parent,
      boolean kernel,
      long user,
      long system,
      long childrenUser,
      long childrenSystem,
      long begun) {
    long own() {
      return user + system;
    }

    long children() {
      return childrenUser + childrenSystem;
    }
  }

  static double ticks(long nanos) {
    return nanos / 1e9 * TICKS_PER_SECOND;
  }

  /** All that are there. */
  static Map<Long, Stat> all() throws IOException {
    Map<Long, Stat> found = new HashMap<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          stat(Long.parseLong(name)).ifPresent(stat -> found.put(stat.pid(), stat));
        }
      }
    }
    return found;
  }

  /** Empty if there is no such process, any more perhaps. */
  static Optional<Stat> stat(long pid) {
    String text;
    try {
      text = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return Optional.empty();
    }
    // the name stands in parentheses and may hold some
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return Optional.of(
        new Stat(
            pid,
            Long.parseLong(fields[1]),
            (Long.parseLong(fields[6]) & KERNEL_THREAD) != 0,
            Long.parseLong(fields[11]),
            Long.parseLong(fields[12]),
            Long.parseLong(fields[13]),
            Long.parseLong(fields[14]),
            Long.parseLong(fields[19])));
  }

  /** KiB of memory, what is shared divided among those who share it; 0 if the process is gone. */
  static long proportionalKib(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException _) {
      return 0;
    }
  }

  /**
   * Ticks since the start.
   *
   * @param busy of all processors together, what a hypervisor took away included; not what
   *     interrupts took, which belongs to nobody
   * @param stolen by the hypervisor
   */
  record Machine(long busy, long stolen) {}

  /** The first line of /proc/stat. */
  static Machine machine() throws IOException {
    try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
      String[] f = lines.findFirst().orElseThrow().trim().split(" +");
      long busy = 0;
      for (int field : new int[] {1, 2, 3, 8}) {
        busy += Long.parseLong(f[field]);
      }
      return new Machine(busy, Long.parseLong(f[8]));
    }
  }
}
