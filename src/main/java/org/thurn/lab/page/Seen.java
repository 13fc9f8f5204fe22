package org.thurn.lab.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;

/** One event, and the place whose journal has it. Ids are unique only within a place. */
record Seen(Place place, Entry entry) {
  Event event() {
    return entry.event();
  }

  Instant time() {
    return entry.time();
  }

  /**
   * All in the order of time. The entries of one place keep their order, which is that of {@code
   * thurn trace}, even where two clock readings of one moment disagree.
   */
  static List<Seen> merged(List<List<Seen>> places) {
    int[] next = new int[places.size()];
    int size = places.stream().mapToInt(List::size).sum();
    List<Seen> merged = new ArrayList<>(size);
    while (merged.size() < size) {
      int earliest = -1;
      for (int i = 0; i < next.length; i++) {
        if (next[i] < places.get(i).size()
            && (earliest < 0 || head(places, next, i).isBefore(head(places, next, earliest)))) {
          earliest = i;
        }
      }
      merged.add(places.get(earliest).get(next[earliest]++));
    }
    return merged;
  }

  private static Instant head(List<List<Seen>> places, int[] next, int place) {
    return places.get(place).get(next[place]).time();
  }

  static Comparator<Seen> byTime() {
    return Comparator.comparing(Seen::time);
  }
}
