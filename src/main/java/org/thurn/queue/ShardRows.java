package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import org.thurn.journey.QueueId;
import org.thurn.store.Txn;

/**
 * Writes into a shard what differs between two states of a message: its rows, its place in the
 * schedule, the ledger's rows and counts, all in the commit at hand. This is the only place that
 * puts or deletes a row of a message.
 */
final class ShardRows {
  /** How the holders of this room begin. */
  static final String HOLDER = "queue:";

  private final Txn txn;
  private final Instant now;
  private final Counts delta = new Counts();

  private ShardRows(Txn txn, Instant now) {
    this.txn = txn;
    this.now = now;
  }

  /** S1. The body must be attached or held by the caller. */
  static void insert(Txn txn, Instant now, List<QueueEntry> entries) {
    ShardRows rows = new ShardRows(txn, now);
    entries.forEach(rows::insert);
    rows.count();
  }

  /** S2 to S4: {@code after} takes the place of {@code before}; {@code more} come with it. */
  static void replace(
      Txn txn, Instant now, QueueEntry before, QueueEntry after, List<QueueEntry> more) {
    ShardRows rows = new ShardRows(txn, now);
    rows.replace(before, after);
    more.forEach(rows::insert);
    rows.count();
  }

  /** Who holds the body of a message in the queue. */
  static String holder(QueueId id) {
    return HOLDER + id;
  }

  private void insert(QueueEntry entry) {
    QueueId id = entry.id();
    txn.put(Keys.message(id), EntryCodec.message(entry));
    for (int i = 0; i < entry.recipients().size(); i++) {
      txn.put(Keys.recipient(id, i), EntryCodec.recipient(entry.recipients().get(i)));
    }
    entry.due().ifPresent(due -> schedule(due, entry));
    delta.accept(entry.recipients().size());
  }

  private void replace(QueueEntry before, QueueEntry after) {
    boolean forget = after.settled();
    recipients(before, after, forget);
    if (forget) {
      txn.delete(Keys.message(after.id()));
      txn.release(after.body(), holder(after.id()));
    } else if (before.held() != after.held()) {
      txn.put(Keys.message(after.id()), EntryCodec.message(after));
    }
    if (!before.due().equals(after.due()) || !before.lane().equals(after.lane())) {
      before.due().ifPresent(due -> txn.delete(Keys.due(due, before.id())));
      after.due().ifPresent(due -> schedule(due, after));
    }
  }

  private void recipients(QueueEntry before, QueueEntry after, boolean forget) {
    QueueId id = after.id();
    for (int i = 0; i < after.recipients().size(); i++) {
      RecipientRow was = before.recipients().get(i);
      RecipientRow is = after.recipients().get(i);
      if (is.settled() && !was.settled()) {
        settle(id, i, is);
      }
      if (forget) {
        txn.delete(Keys.recipient(id, i));
      } else if (!is.equals(was)) {
        txn.put(Keys.recipient(id, i), EntryCodec.recipient(is));
      }
    }
  }

  /** S3: the ledger row. */
  private void settle(QueueId id, int index, RecipientRow row) {
    Terminal state = row.terminal().orElseThrow();
    String words = row.last().map(OutcomeCodec::inWords).orElse("");
    LedgerRow ledger = new LedgerRow(state, now, row.recipient().address(), words);
    txn.put(Keys.ledger(id, index), ledger.encode());
    delta.settle(state);
  }

  private void schedule(Instant due, QueueEntry entry) {
    txn.put(Keys.due(due, entry.id()), entry.lane().getBytes(UTF_8));
  }

  private void count() {
    addTo(txn, delta);
  }

  /** Adds to the counts' row in this commit. */
  static void addTo(Txn txn, Counts delta) {
    if (!delta.isZero()) {
      Counts counts = txn.get(Keys.counts()).map(Counts::decode).orElseGet(Counts::new);
      counts.add(delta);
      txn.put(Keys.counts(), counts.encode());
    }
  }
}
