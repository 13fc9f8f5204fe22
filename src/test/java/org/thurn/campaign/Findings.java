package org.thurn.campaign;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What does not add up, in words. */
final class Findings {
  private static final int MOST = 100;

  private final List<String> all = new CopyOnWriteArrayList<>();

  void add(String finding) {
    if (all.size() < MOST) {
      all.add(finding);
    }
  }

  void check(boolean condition, String otherwise) {
    if (!condition) {
      add(otherwise);
    }
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
