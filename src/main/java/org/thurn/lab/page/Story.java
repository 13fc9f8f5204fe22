package org.thurn.lab.page;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;

/**
 * One message's journey through all the domains, and what belongs to it.
 *
 * @param message its Message-ID, or what was asked for where it has none
 * @param seen in the order of time
 */
record Story(String message, List<Seen> seen) {
  Story {
    seen = List.copyOf(seen);
  }

  boolean isEmpty() {
    return seen.isEmpty();
  }

  /** The moment that is shown as 0. */
  Instant start() {
    return seen.isEmpty() ? Instant.EPOCH : seen.getFirst().time();
  }

  /** What the first domain accepted: its sender, recipients and subject. */
  Optional<Event.Accepted> accepted() {
    return seen.stream()
        .filter(this::isOwn)
        .map(Seen::event)
        .filter(Event.Accepted.class::isInstance)
        .map(Event.Accepted.class::cast)
        .findFirst();
  }

  /** Not of a notification about the message. */
  boolean isOwn(Seen one) {
    Entry entry = one.entry();
    return entry.messageId().isEmpty()
        || entry.messageId().get().equals(message)
        || entry.queue().filter(id -> id.text().equals(message)).isPresent();
  }

  /** The domains that the message itself came to, in the order that it came. */
  List<Place> way() {
    Set<Place> way = new LinkedHashSet<>();
    seen.stream()
        .filter(one -> isOwn(one) && one.event() instanceof Event.Accepted)
        .forEach(one -> way.add(one.place()));
    return List.copyOf(way);
  }

  List<Fate> fates() {
    return Fates.of(seen.stream().filter(this::isOwn).toList()).recipients();
  }

  /** Whether somebody accepted it and nobody has anything left to do. */
  boolean isDone() {
    return Fates.of(seen).isSettled();
  }
}
