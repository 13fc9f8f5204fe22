package org.thurn.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.store.Durability;

/** What people do to a message in the queue. Each is durable before it is told. */
final class Commands {
  private final Surroundings with;
  private final ActiveMessages active;
  private final Settler settler;
  private final Carrier carrier;

  Commands(Surroundings with, ActiveMessages active, Settler settler, Carrier carrier) {
    this.with = with;
    this.active = active;
    this.settler = settler;
    this.carrier = carrier;
  }

  boolean hold(QueueId id, String author) {
    return change(id, "held", author, entry -> entry.withHeld(true));
  }

  boolean release(QueueId id, String author) {
    return change(id, "released", author, entry -> now(entry.withHeld(false)));
  }

  boolean retry(QueueId id, String author) {
    return change(id, "retried", author, this::now);
  }

  /** Without an author: the clock's doing. */
  void bringForward(QueueId id) {
    active.with(id, message -> replace(message, this::now));
  }

  /**
   * Recipients with an attempt under way end as that attempt ends; if it brings no end they are
   * dropped then. All others, those that only wait for their turn included, are dropped now.
   */
  boolean drop(QueueId id, String author) {
    boolean there =
        active.with(
            id,
            message -> message.place().map(place -> drop(message, place, author)).orElse(false));
    return noted(there, id, "dropped", author);
  }

  private boolean drop(ActiveMessage message, Shards.Place place, String author) {
    message.dropLater(author);
    List<Integer> notBegun = new ArrayList<>();
    for (int i = 0; i < place.entry().recipients().size(); i++) {
      if (!place.entry().recipients().get(i).settled() && !message.isRunning(i)) {
        notBegun.add(i);
      }
    }
    if (!notBegun.isEmpty()) {
      settler.settle(
          message,
          place,
          Durability.SYNCED,
          settlement -> notBegun.forEach(i -> settlement.drop(i, author)));
    }
    return true;
  }

  private QueueEntry now(QueueEntry entry) {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < entry.recipients().size(); i++) {
      if (!entry.recipients().get(i).settled()) {
        open.add(i);
      }
    }
    return entry.with(open, row -> row.wanted(with.time().now()));
  }

  private boolean change(
      QueueId id, String action, String author, UnaryOperator<QueueEntry> change) {
    boolean there = active.with(id, message -> replace(message, change));
    noted(there, id, action, author);
    if (there) {
      active.with(id, message -> look(message));
    }
    return there;
  }

  private boolean look(ActiveMessage message) {
    message.place().ifPresent(place -> carrier.look(message, place));
    return true;
  }

  private boolean replace(ActiveMessage message, UnaryOperator<QueueEntry> change) {
    Optional<Shards.Place> place = message.place();
    place.ifPresent(
        p -> {
          QueueEntry after = change.apply(p.entry());
          p.shard().replace(p.entry(), after, List.of(), with.time().now(), Durability.SYNCED);
          message.committed(p.shard(), after);
        });
    return place.isPresent();
  }

  private boolean noted(boolean there, QueueId id, String action, String author) {
    if (there) {
      with.journey().about(id).note(new Event.QueueChanged(action, author));
    }
    return there;
  }
}
