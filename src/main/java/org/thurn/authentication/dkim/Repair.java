package org.thurn.authentication.dkim;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What undoes the harm: with these changes taken back, header and body are what was signed.
 *
 * @param changes at least one
 */
public record Repair(List<Change> changes) {
  public Repair {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("nothing to repair");
    }
  }

  /** For people: one line. */
  public String sentence() {
    return changes.stream()
        .map(Change::words)
        .collect(Collectors.joining("; ", "after it was signed, ", ""));
  }
}
