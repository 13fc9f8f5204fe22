package org.thurn.queue;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.store.Body;
import org.thurn.store.Durability;
import org.thurn.store.StoreException;

/** Commits settlements with the notifications that they owe, then tells the journey. */
final class Settler {
  private final Surroundings with;
  private final Notifications notifications;

  Settler(Surroundings with, Notifications notifications) {
    this.with = with;
    this.notifications = notifications;
  }

  /**
   * Settles under the message's lock. A local settlement needs no sync of its own: replayed, it is
   * harmless. A relayed one must not be replayed, and a notification must not be made twice.
   *
   * @return the id of the notification that came into the queue and waits to be carried
   * @throws StoreException nothing was settled
   */
  Optional<QueueId> settle(
      ActiveMessage message, Shards.Place place, Durability wanted, Consumer<Settlement> decide) {
    Settlement settlement = new Settlement(place.entry(), with, with.time().now());
    decide.accept(settlement);
    Envelope envelope = place.entry().envelope();
    Optional<Notifications.Owed> owed =
        settlement.happenings().isEmpty()
            ? Optional.empty()
            : notifications.owed(envelope, body(place.entry()), settlement.happenings());
    boolean synced = wanted == Durability.SYNCED || settlement.relayed() || owed.isPresent();
    try {
      place
          .shard()
          .replace(
              settlement.before(),
              settlement.after(),
              owed.map(o -> List.of(o.arrival())).orElse(List.of()),
              with.time().now(),
              synced ? Durability.SYNCED : Durability.RELAXED);
    } catch (StoreException e) {
      owed.ifPresent(o -> o.arrival().body().close());
      message.doubtful();
      throw e;
    }
    message.committed(place.shard(), settlement.after());
    with.crash().reached(CrashPoint.SETTLED, envelope.id());
    tell(envelope, settlement, owed);
    return owed.map(Notifications.Owed::id);
  }

  private void tell(Envelope envelope, Settlement settlement, Optional<Notifications.Owed> owed) {
    Journey journey = with.journey().about(envelope.id(), envelope.messageId());
    for (Settlement.Note note : settlement.notes()) {
      journey.about(note.recipient()).note(note.event());
    }
    owed.ifPresent(o -> notifications.note(envelope, o));
  }

  /** The body of a message in the queue: its holder keeps it. */
  Body body(QueueEntry entry) {
    return with.store()
        .body(entry.body())
        .orElseThrow(
            () -> new IllegalStateException("message " + entry.id() + " has lost its body"));
  }
}
