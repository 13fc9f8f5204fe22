package org.thurn.transfer.reports;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Counts in memory between two flushes. Safe for many threads.
 *
 * @param <S> where something is counted; compared by value
 */
public final class Tally<S> {
  /** Of all rows as they are stored: in memory they take some times as much. */
  public static final int MAX_OCTETS = 8 << 20;

  private final ToLongFunction<S> day;
  private final ToIntFunction<S> size;
  private Map<S, Long> counts = new LinkedHashMap<>();
  private Map<Long, Long> lost = new HashMap<>();
  private long octets;

  /**
   * @param day of a slot
   * @param size of a slot as it is stored, in octets
   */
  public Tally(ToLongFunction<S> day, ToIntFunction<S> size) {
    this.day = day;
    this.size = size;
  }

  /**
   * What was counted.
   *
   * @param lost what of each day there was no room for
   */
  public record Counts<S>(Map<S, Long> slots, Map<Long, Long> lost) {
    /** Whether there is nothing. */
    public boolean isEmpty() {
      return slots.isEmpty() && lost.isEmpty();
    }
  }

  /** Counts, or counts as lost. */
  public synchronized void add(S slot, long count) {
    if (!counts.containsKey(slot)) {
      int more = size.applyAsInt(slot);
      if (octets + more > MAX_OCTETS) {
        lost.merge(day.applyAsLong(slot), count, Long::sum);
        return;
      }
      octets += more;
    }
    counts.merge(slot, count, Long::sum);
  }

  /** Takes all of it, and begins anew. */
  public synchronized Counts<S> take() {
    Counts<S> taken = new Counts<>(counts, lost);
    counts = new LinkedHashMap<>();
    lost = new HashMap<>();
    octets = 0;
    return taken;
  }

  /** Takes back what could not be stored. */
  public synchronized void restore(Counts<S> taken) {
    taken.slots().forEach(this::add);
    taken.lost().forEach((then, count) -> lost.merge(then, count, Long::sum));
  }
}
