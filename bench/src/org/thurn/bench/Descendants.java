package org.thurn.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes that were started here and all that descend from them. The time of one that ended
 * is with its parent, if that waited for it.
 */
final class Descendants extends Group {
  /** When those began that were seen so far: one whose parent ended is still a member. */
  private final Map<Long, Long> known = new ConcurrentHashMap<>();

  @Override
  String kind() {
    return "/proc";
  }

  @Override
  Cpu cpu() throws IOException {
    Map<Long, Processes.Stat> all = Processes.all();
    long user = 0;
    long system = 0;
    for (long pid : among(all)) {
      user += all.get(pid).user() + all.get(pid).childrenUser();
      system += all.get(pid).system() + all.get(pid).childrenSystem();
    }
    double tick = 1000.0 / Processes.TICKS_PER_SECOND;
    return new Cpu(user * tick, system * tick);
  }

  @Override
  Set<Long> members() throws IOException {
    return among(Processes.all());
  }

  private Set<Long> among(Map<Long, Processes.Stat> all) {
    Set<Long> found = new HashSet<>();
    started().stream().map(Process::pid).filter(all::containsKey).forEach(found::add);
    known.forEach(
        (pid, begun) -> {
          Processes.Stat stat = all.get(pid);
          if (stat != null && stat.begun() == begun) {
            found.add(pid);
          }
        });
    boolean more = !found.isEmpty();
    while (more) {
      more = false;
      for (Processes.Stat stat : all.values()) {
        more |= found.contains(stat.parent()) && found.add(stat.pid());
      }
    }
    found.forEach(pid -> known.put(pid, all.get(pid).begun()));
    return found;
  }

  @Override
  List<String> wrapped(List<String> command) {
    return command;
  }
}
