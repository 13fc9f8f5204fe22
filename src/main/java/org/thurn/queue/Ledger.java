package org.thurn.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.journey.QueueId;
import org.thurn.store.Durability;
import org.thurn.store.Snapshot;
import org.thurn.time.SteadyClock;

/**
 * The account of every recipient: the counts, kept in the commits themselves, against the rows,
 * walked here. Each shard is read at one version, so that the two must agree to the last recipient.
 */
final class Ledger {
  private static final int PIECE = 1_000;
  private static final int OVERDUE_MOST = 1_000;

  private final SteadyClock steady;
  private final Surroundings with;
  private final Shards shards;

  Ledger(Surroundings with, Shards shards) {
    this.with = with;
    this.steady = new SteadyClock(with.time());
    this.shards = shards;
  }

  /** Recipients without a terminal state, by the counts alone: cheap. */
  long open() {
    long open = 0;
    for (QueueShard shard : shards.all()) {
      try (Snapshot snapshot = shard.read()) {
        Counts counts = counts(snapshot);
        open += counts.accepted() - counts.settled();
      }
    }
    return open;
  }

  /** Walks every open recipient. */
  MailQueue.LedgerAccount account() {
    Counts total = new Counts();
    long open = 0;
    List<QueueId> overdue = new ArrayList<>();
    for (QueueShard shard : shards.all()) {
      try (Snapshot snapshot = shard.read()) {
        total.add(counts(snapshot));
        open += open(snapshot);
        overdue(snapshot, overdue);
      }
    }
    return new MailQueue.LedgerAccount(
        total.accepted(),
        total.of(Terminal.STORED),
        total.of(Terminal.RELAYED),
        total.of(Terminal.BOUNCED),
        total.of(Terminal.EXPIRED),
        total.of(Terminal.DISCARDED),
        open,
        List.copyOf(overdue));
  }

  /** What does not agree, in words; empty if the ledger is in order. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    MailQueue.LedgerAccount account = account();
    if (!account.balanced()) {
      faults.add("the ledger does not balance: " + account);
    }
    for (QueueShard shard : shards.all()) {
      try (Snapshot snapshot = shard.read()) {
        compareRows(snapshot, faults);
      }
    }
    return faults;
  }

  private static void compareRows(Snapshot snapshot, List<String> faults) {
    Map<Terminal, Long> rows = new EnumMap<>(Terminal.class);
    walk(snapshot, 'l', pair -> rows.merge(LedgerRow.decode(pair.value()).state(), 1L, Long::sum));
    Counts counts = counts(snapshot);
    for (Terminal state : Terminal.values()) {
      long found = rows.getOrDefault(state, 0L);
      if (found != counts.kept(state)) {
        faults.add(
            counts.kept(state) + " recipients are counted " + state + ", " + found + " found");
      }
    }
  }

  private static Counts counts(Snapshot snapshot) {
    return snapshot.get(Keys.counts()).map(Counts::decode).orElseGet(Counts::new);
  }

  private static long open(Snapshot snapshot) {
    long[] open = new long[1];
    walk(
        snapshot,
        'r',
        pair ->
            open[0] += EntryCodec.recipient(Keys.id(pair.key()), pair.value()).settled() ? 0 : 1);
    return open[0];
  }

  /**
   * Messages that are past their expiry and a longest pause more. Ids sort by arrival, so the walk
   * ends at the first that is younger. A held message waits for a person and is not overdue.
   */
  private void overdue(Snapshot snapshot, List<QueueId> overdue) {
    Instant limit =
        with.time()
            .now()
            .minus(with.settings().retry().expiry())
            .minus(with.settings().retry().furthest());
    byte[] from = Keys.kind('m');
    while (overdue.size() < OVERDUE_MOST) {
      List<Snapshot.Pair> pairs = snapshot.scan(from, Keys.kind('n'), PIECE);
      for (Snapshot.Pair pair : pairs) {
        QueueId id = Keys.id(pair.key());
        QueueEntry entry = EntryCodec.message(id, pair.value(), List.of());
        if (entry.envelope().arrived().isAfter(limit)) {
          return;
        }
        if (!entry.held()) {
          overdue.add(id);
        }
      }
      if (pairs.size() < PIECE) {
        return;
      }
      from = Keys.after(pairs.getLast().key());
    }
  }

  /** Forgets, a bounded number at a time, what is older than the retention; true if more is. */
  boolean purge() {
    Instant limit = steady.now().minus(with.settings().retention());
    boolean more = false;
    for (QueueShard shard : shards.all()) {
      List<Snapshot.Pair> old = new ArrayList<>();
      try (Snapshot snapshot = shard.read()) {
        for (Snapshot.Pair pair : snapshot.scan(Keys.kind('l'), Keys.kind('m'), PIECE)) {
          if (LedgerRow.decode(pair.value()).at().isBefore(limit)) {
            old.add(pair);
          }
        }
      }
      if (!old.isEmpty()) {
        purge(shard, old);
      }
      more |= old.size() == PIECE;
    }
    return more;
  }

  private static void purge(QueueShard shard, List<Snapshot.Pair> old) {
    shard.commit(
        Durability.SYNCED,
        txn -> {
          Counts delta = new Counts();
          for (Snapshot.Pair pair : old) {
            Optional<byte[]> row = txn.get(pair.key());
            row.ifPresent(r -> delta.purge(LedgerRow.decode(r).state()));
            txn.delete(pair.key());
          }
          ShardRows.addTo(txn, delta);
        });
  }

  private static void walk(Snapshot snapshot, char kind, Consumer<Snapshot.Pair> each) {
    byte[] from = Keys.kind(kind);
    byte[] to = Keys.kind((char) (kind + 1));
    List<Snapshot.Pair> pairs;
    do {
      pairs = snapshot.scan(from, to, PIECE);
      pairs.forEach(each);
      from = pairs.isEmpty() ? to : Keys.after(pairs.getLast().key());
    } while (pairs.size() == PIECE);
  }
}
