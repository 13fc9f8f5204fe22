package org.thurn.transfer.reports;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thurn.authentication.dmarc.report.RowCodec;

/** Counts messages in memory between two flushes. Safe for many threads. */
final class Tally {
  /** Of all rows as they are stored: in memory they take some times as much. */
  static final int MAX_OCTETS = 8 << 20;

  private Map<Slot, Long> counts = new LinkedHashMap<>();
  private Map<Long, Long> lost = new HashMap<>();
  private long octets;

  /**
   * What was counted.
   *
   * @param lost messages of each day that there was no room for
   */
  record Counts(Map<Slot, Long> slots, Map<Long, Long> lost) {
    boolean isEmpty() {
      return slots.isEmpty() && lost.isEmpty();
    }
  }

  synchronized void add(Slot slot, long messages) {
    if (!counts.containsKey(slot)) {
      int more = RowCodec.encode(slot.row()).length + RowCodec.encode(slot.subject()).length;
      if (octets + more > MAX_OCTETS) {
        lost.merge(slot.day(), messages, Long::sum);
        return;
      }
      octets += more;
    }
    counts.merge(slot, messages, Long::sum);
  }

  /** Takes all of it, and begins anew. */
  synchronized Counts take() {
    Counts taken = new Counts(counts, lost);
    counts = new LinkedHashMap<>();
    lost = new HashMap<>();
    octets = 0;
    return taken;
  }

  /** Takes back what could not be stored. */
  synchronized void restore(Counts taken) {
    taken.slots().forEach(this::add);
    taken.lost().forEach((day, messages) -> lost.merge(day, messages, Long::sum));
  }
}
