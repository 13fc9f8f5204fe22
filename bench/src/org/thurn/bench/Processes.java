package org.thurn.bench;

import java.io.IOException;
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
   * Fields of /proc/PID/stat.
   *
   * @param user ticks in user mode, of the children too that were waited for
   * @param system the same in the kernel
   */
  record Stat(long pid, long parent, boolean kernel, long user, long system) {}

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
      text =
          Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
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
            Long.parseLong(fields[11]) + Long.parseLong(fields[13]),
            Long.parseLong(fields[12]) + Long.parseLong(fields[14])));
  }

  /** KiB of memory, what is shared divided among those who share it; 0 if the process is gone. */
  static long proportionalKib(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | java.io.UncheckedIOException _) {
      return 0;
    }
  }

  /**
   * Ticks since the start.
   *
   * @param busy of all processors together, what a hypervisor took away included
   * @param stolen by the hypervisor
   */
  record Machine(long busy, long stolen) {}

  /** The first line of /proc/stat. */
  static Machine machine() throws IOException {
    try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
      String[] f = lines.findFirst().orElseThrow().trim().split(" +");
      long busy = 0;
      for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
        busy += Long.parseLong(f[field]);
      }
      return new Machine(busy, Long.parseLong(f[8]));
    }
  }
}
