package org.thurn.tls.acme;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** What is done for a name now and then. Used by one thread at a time. */
final class Pace {
  private final Time time;
  private final Map<Domain, Long> last = new HashMap<>();

  Pace(Time time) {
    this.time = time;
  }

  /** Whether it is so long ago that this was true; the first time it is. */
  boolean isDue(Domain name, Duration every) {
    long now = time.ticks();
    Long before = last.get(name);
    if (before != null && now - before < every.toNanos()) {
      return false;
    }
    last.put(name, now);
    return true;
  }

  void forget(Domain name) {
    last.remove(name);
  }
}
