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

  /** Cores by which the machine's own count, which samples, may be wrong over a short time. */
  private static final double DOUBT = 0.25;

  private final List<Group> groups;
  private final long begun = System.nanoTime();
  private final Set<Long> ours = new HashSet<>();
  private final Map<Long, Processes.Stat> before;
  private final Processes.Machine machine;
  private final double used;

  private Others(List<Group> groups) throws IOException {
    this.groups = groups;
    before = Processes.all();
    machine = Processes.machine();
    used = ours();
  }

  /** Begins to watch all but these groups and this process. */
  static Others than(List<Group> groups) throws IOException {
    return new Others(List.copyOf(groups));
  }

  /** Ticks that we used; notes who we are. */
  private double ours() throws IOException {
    long pid = ProcessHandle.current().pid();
    ours.add(pid);
    double ticks = Processes.stat(pid).map(Processes.Stat::own).orElse(0L);
    for (Group group : groups) {
      ours.addAll(group.members());
      ticks += group.cpu().total() * Processes.TICKS_PER_SECOND / 1000;
    }
    return ticks;
  }

  /**
   * Cores in use by others on average since the beginning: the sum over their processes, or, if
   * that misses some, such as those outside of a container, what the machine counts and we cannot
   * explain.
   */
  double cores() throws IOException {
    Map<Long, Processes.Stat> after = Processes.all();
    Processes.Machine now = Processes.machine();
    double mine = ours() - used;
    double ticks = Processes.ticks(System.nanoTime() - begun);
    double stolen = now.stolen() - machine.stolen();
    double summed = (summed(after) + stolen) / ticks;
    double left = (now.busy() - machine.busy() - mine - kernel(after)) / ticks;
    return left > DOUBT ? Math.max(summed, left) : summed;
  }

  /**
   * A process that was waited for handed its ticks to its parent, those too that it had before; not
   * every parent keeps them.
   */
  private double summed(Map<Long, Processes.Stat> after) {
    double living = 0;
    double reaped = 0;
    for (Processes.Stat stat : after.values()) {
      if (!stat.kernel() && !ours.contains(stat.pid())) {
        Processes.Stat earlier = before.get(stat.pid());
        boolean same = earlier != null && earlier.begun() == stat.begun();
        living += stat.own() - (same ? earlier.own() : 0);
        reaped += stat.children() - (same ? earlier.children() : 0);
      }
    }
    for (Processes.Stat stat : before.values()) {
      if (!after.containsKey(stat.pid()) && !ours.contains(stat.pid())) {
        reaped -= stat.own() + stat.children();
      }
    }
    return living + Math.max(0, reaped);
  }

  private double kernel(Map<Long, Processes.Stat> after) {
    return after.values().stream()
        .filter(Processes.Stat::kernel)
        .mapToDouble(
            stat -> {
              Processes.Stat earlier = before.get(stat.pid());
              return stat.own() - (earlier == null ? 0 : earlier.own());
            })
        .sum();
  }

  /** Cores in use by anybody but this process, over so many milliseconds, by /proc/stat. */
  static double beforehand(long millis) throws IOException {
    long pid = ProcessHandle.current().pid();
    long begun = System.nanoTime();
    long before = Processes.machine().busy() - own(pid);
    Pause.millis(millis);
    long ticks = Processes.machine().busy() - own(pid) - before;
    return Math.max(0, ticks) / Processes.ticks(System.nanoTime() - begun);
  }

  private static long own(long pid) {
    return Processes.stat(pid).map(Processes.Stat::own).orElse(0L);
  }
}
