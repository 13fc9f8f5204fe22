package org.thurn.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What processes that are not ours use of the machine. Threads of the kernel do not count: they
 * write what our servers let be written.
 */
final class Others {
  /** Of one core: beyond it a measurement is disturbed. */
  static final double LIMIT = 0.10;

  private final long begin = System.nanoTime();
  private final Set<Long> ours = new HashSet<>();
  private final List<Group> groups;
  private final long used;
  private final long stolen;

  private Others(List<Group> groups) throws IOException {
    this.groups = groups;
    used = used();
    stolen = Processes.machine().stolen();
  }

  /** Begins to watch all but these groups and this process. */
  static Others than(List<Group> groups) throws IOException {
    return new Others(List.copyOf(groups));
  }

  /**
   * The sum of every other process's ticks. One that ends meanwhile hands its ticks to its parent,
   * so that the sum stays right.
   */
  private long used() throws IOException {
    ours.add(ProcessHandle.current().pid());
    for (Group group : groups) {
      ours.addAll(group.members());
    }
    Map<Long, Processes.Stat> all = Processes.all();
    return all.values().stream()
        .filter(stat -> !stat.kernel() && !ours.contains(stat.pid()))
        .mapToLong(stat -> stat.user() + stat.system())
        .sum();
  }

  /** Cores in use by others on average since the beginning. */
  double cores() throws IOException {
    long ticks =
        Math.max(0, used() - used) + Math.max(0, Processes.machine().stolen() - stolen);
    return ticks / (double) Processes.TICKS_PER_SECOND / seconds();
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Cores in use by anybody but this process, over so many milliseconds, by /proc/stat. */
  static double beforehand(long millis) throws IOException {
    long pid = ProcessHandle.current().pid();
    long begin = System.nanoTime();
    long before = Processes.machine().busy() - ticks(pid);
    Pause.millis(millis);
    long ticks = Processes.machine().busy() - ticks(pid) - before;
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Math.max(0, ticks) / (double) Processes.TICKS_PER_SECOND / seconds;
  }

  private static long ticks(long pid) {
    return Processes.stat(pid).map(stat -> stat.user() + stat.system()).orElse(0L);
  }
}
