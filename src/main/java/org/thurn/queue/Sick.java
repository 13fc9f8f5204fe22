package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;

/**
 * The messages that could not be worked on because of a fault of ours or of the store: each is
 * noted and left alone for a while. Their rows stay as they are, so nothing of them is lost.
 */
final class Sick {
  private static final Duration REST = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final Surroundings with;
  private final ConcurrentHashMap<QueueId, Instant> until = new ConcurrentHashMap<>();

  Sick(Surroundings with) {
    this.with = with;
  }

  void note(QueueId id, RuntimeException fault) {
    if (until.size() >= MOST) {
      until.clear(); // a fault this common is the store's; all may try again
    }
    until.put(id, with.time().now().plus(REST));
    with.journey().about(id).note(new Event.Fault("queue", fault.toString()));
  }

  boolean has(QueueId id) {
    @Nullable Instant end = until.get(id);
    boolean resting =
        end != null
            && with.time().now().isBefore(end)
            && with.time().now().isAfter(end.minus(REST.multipliedBy(2)));
    if (end != null && !resting) {
      until.remove(id);
    }
    return resting;
  }
}
