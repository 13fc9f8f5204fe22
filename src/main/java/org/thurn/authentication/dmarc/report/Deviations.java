package org.thurn.authentication.dmarc.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a report is not as it should be; each told once. */
final class Deviations {
  /** A report with more kinds of them is understood by nobody. */
  static final int MAX = 50;

  private final Set<String> all = new LinkedHashSet<>();

  void note(String words) {
    if (all.size() < MAX) {
      all.add(words);
    }
  }

  List<String> all() {
    return new ArrayList<>(all);
  }
}
