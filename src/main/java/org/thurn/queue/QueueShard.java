package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.journey.QueueId;
import org.thurn.store.Durability;
import org.thurn.store.OpId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.store.Txn;

/** One partition of the queue: its messages, schedule and ledger. This process alone writes it. */
final class QueueShard {
  /** The partitions' kind. */
  static final String KIND = "queue";

  private static final int CHUNK = 1_000;

  private final Store store;
  private final Partition partition;

  QueueShard(Store store, String number) {
    this.store = store;
    partition = new Partition(KIND, number);
  }

  /** A message that comes into the queue, with the body that comes with it. */
  record Arrival(QueueEntry entry, Staged body) {
    void attach(Txn txn) {
      txn.attach(body, ShardRows.holder(entry.id()));
    }
  }

  /** A place in the schedule. */
  @SuppressWarnings("ArrayRecordComponent")
  record Due(byte[] key, QueueId id, String lane) {}

  /** S1, synced. */
  void accept(Arrival arrival, Instant now) {
    commit(
        Durability.SYNCED,
        txn -> {
          arrival.attach(txn);
          ShardRows.insert(txn, now, List.of(arrival.entry()));
        });
  }

  /** S3, and S4 once all are settled; the notifications that are owed come in with it. */
  void replace(
      QueueEntry before,
      QueueEntry after,
      List<Arrival> notifications,
      Instant now,
      Durability durability) {
    List<QueueEntry> more = notifications.stream().map(Arrival::entry).toList();
    commit(
        durability,
        txn -> {
          notifications.forEach(arrival -> arrival.attach(txn));
          ShardRows.replace(txn, now, before, after, more);
        });
  }

  void commit(Durability durability, Consumer<Txn> work) {
    Store.Work<Boolean> whole =
        txn -> {
          work.accept(txn);
          return true;
        };
    switch (durability) {
      case SYNCED -> named(whole);
      case RELAXED -> store.update(partition, durability, whole);
    }
  }

  /** One whose outcome is not known is looked up by its name. */
  private void named(Store.Work<Boolean> work) {
    OpId op = OpId.random();
    try {
      store.update(partition, op, Durability.SYNCED, work);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNKNOWN || !store.committed(partition, op)) {
        throw e;
      }
    }
  }

  /** The newest state, synced or not: what a change must start from. */
  Optional<QueueEntry> newest(QueueId id) {
    return store
        .update(
            partition,
            Durability.RELAXED,
            txn ->
                load(
                    txn.get(Keys.message(id)),
                    (from, to, limit) -> txn.scan(from, to, limit, false),
                    id))
        .value();
  }

  Snapshot read() {
    return store.read(partition);
  }

  static Optional<QueueEntry> load(Snapshot snapshot, QueueId id) {
    return load(snapshot.get(Keys.message(id)), snapshot::scan, id);
  }

  /** The places of the schedule from {@code from} on and before {@code to}. */
  List<Due> due(byte[] from, byte[] to, int limit) {
    try (Snapshot snapshot = read()) {
      List<Due> due = new ArrayList<>();
      for (Snapshot.Pair pair : snapshot.scan(from, to, limit)) {
        due.add(new Due(pair.key(), Keys.dueId(pair.key()), new String(pair.value(), UTF_8)));
      }
      return due;
    }
  }

  private interface Scan {
    List<Snapshot.Pair> pairs(byte[] from, byte[] to, int limit);
  }

  private static Optional<QueueEntry> load(Optional<byte[]> message, Scan scan, QueueId id) {
    return message.map(row -> EntryCodec.message(id, row, recipients(scan, id)));
  }

  private static List<RecipientRow> recipients(Scan scan, QueueId id) {
    List<RecipientRow> rows = new ArrayList<>();
    recipients(scan, id, id, pair -> rows.add(EntryCodec.recipient(id, pair.value())));
    return rows;
  }

  /** The recipients' rows of two messages and of all between them. */
  private static void recipients(
      Scan scan, QueueId first, QueueId last, Consumer<Snapshot.Pair> each) {
    byte[] from = Keys.recipient(first, 0);
    byte[] to = Keys.recipient(last, Integer.MAX_VALUE);
    List<Snapshot.Pair> pairs;
    do {
      pairs = scan.pairs(from, to, CHUNK);
      pairs.forEach(each);
      from = pairs.isEmpty() ? to : Keys.after(pairs.getLast().key());
    } while (pairs.size() == CHUNK);
  }

  /** The messages of these rows, with no other of the snapshot's messages between them. */
  static List<QueueEntry> load(Snapshot snapshot, List<Snapshot.Pair> messages) {
    Map<QueueId, List<RecipientRow>> recipients = new HashMap<>();
    recipients(
        snapshot::scan,
        Keys.id(messages.getFirst().key()),
        Keys.id(messages.getLast().key()),
        pair -> {
          QueueId id = Keys.id(pair.key());
          recipients
              .computeIfAbsent(id, i -> new ArrayList<>())
              .add(EntryCodec.recipient(id, pair.value()));
        });
    List<QueueEntry> entries = new ArrayList<>();
    for (Snapshot.Pair pair : messages) {
      QueueId id = Keys.id(pair.key());
      entries.add(EntryCodec.message(id, pair.value(), recipients.getOrDefault(id, List.of())));
    }
    return entries;
  }
}
