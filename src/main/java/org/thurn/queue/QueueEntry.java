package org.thurn.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.thurn.journey.QueueId;
import org.thurn.store.BodyId;

/**
 * One message with its recipients, as the shard's rows have it. Immutable: a change makes another
 * one, and {@link ShardRows} writes what differs.
 */
record QueueEntry(
    Envelope envelope, BodyId body, long octets, boolean held, List<RecipientRow> recipients) {
  QueueEntry {
    recipients = List.copyOf(recipients);
  }

  QueueId id() {
    return envelope.id();
  }

  boolean settled() {
    for (RecipientRow row : recipients) {
      if (!row.settled()) {
        return false;
      }
    }
    return true;
  }

  /** When the scheduler must look at it next; empty while held and once settled. */
  Optional<Instant> due() {
    Instant due = Instant.MAX;
    for (RecipientRow row : recipients) {
      if (!row.settled() && row.next().isBefore(due)) {
        due = row.next();
      }
    }
    return held || due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due);
  }

  /** The lane that all unsettled recipients share, or empty text if they need several. */
  String lane() {
    String lane = "";
    for (RecipientRow row : recipients) {
      if (!row.settled()) {
        String own = Lane.of(row.recipient().destination()).name();
        if (!lane.isEmpty() && !lane.equals(own)) {
          return "";
        }
        lane = own;
      }
    }
    return lane;
  }

  QueueEntry withHeld(boolean hold) {
    return new QueueEntry(envelope, body, octets, hold, recipients);
  }

  /** The same with {@code change} done to the recipients at {@code indexes}. */
  QueueEntry with(List<Integer> indexes, UnaryOperator<RecipientRow> change) {
    List<RecipientRow> rows = new ArrayList<>(recipients);
    for (int index : indexes) {
      rows.set(index, change.apply(rows.get(index)));
    }
    return new QueueEntry(envelope, body, octets, held, rows);
  }

  QueueEntry with(List<RecipientRow> rows) {
    return new QueueEntry(envelope, body, octets, held, rows);
  }
}
