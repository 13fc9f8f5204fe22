package org.thurn.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Entry;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;

/**
 * The journal's partition: blocks of entries, oldest first, and the index rows that lead to them.
 */
final class Blocks {
  static final Partition PARTITION = new Partition("journal", "0");
  private static final byte[] NOTHING = {};

  /** How many blocks one question may open. */
  private static final int MOST_BLOCKS = 1_000;

  private final Store store;
  private final BlockReader reader = new BlockReader();
  private final Consumer<String> faults;
  private volatile @Nullable Commit<Boolean> last;

  /**
   * @param faults is told of each damaged block that is come across; the others stay readable
   */
  Blocks(Store store, Consumer<String> faults) {
    this.store = store;
    this.faults = faults;
  }

  /** Writes one block and its index rows in one commit, which joins the next sync. */
  void write(List<Entry> entries) {
    List<Entry> sorted = entries.stream().sorted(Comparator.comparing(Entry::id)).toList();
    EventId id = sorted.getFirst().id();
    byte[] block = BlockWriter.block(sorted);
    var keys = Index.keys(id, sorted);
    last =
        store.update(
            PARTITION,
            Durability.RELAXED,
            txn -> {
              txn.put(Index.block(id), block);
              keys.forEach(key -> txn.put(key, NOTHING));
              return true;
            });
  }

  /** Until what was written can be read. */
  void awaitDurable() {
    Commit<Boolean> commit = last;
    if (commit != null) {
      commit.awaitDurable();
    }
  }

  Snapshot read() {
    return store.read(PARTITION);
  }

  /** The entries that {@code wanted} chooses in the blocks that an index leads to, oldest first. */
  List<Entry> find(Snapshot snapshot, byte[] index, Predicate<Entry> wanted) {
    List<Entry> found = new ArrayList<>();
    for (String block : targets(snapshot, index, MOST_BLOCKS)) {
      snapshot
          .get(Index.block(new EventId(block)))
          .ifPresent(row -> entries(row).stream().filter(wanted).forEach(found::add));
    }
    return found;
  }

  private List<Entry> entries(byte[] row) {
    try {
      return reader.entries(row);
    } catch (DamagedBlockException e) {
      faults.accept(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** What an index leads to, newest first. */
  static List<String> targets(Snapshot snapshot, byte[] index, int limit) {
    return snapshot.scan(index, Index.end(index), limit, true).stream()
        .map(pair -> Index.target(pair.key()))
        .toList();
  }

  /**
   * The entries after {@code id}. Entries of one moment may stand in neighbouring blocks in any
   * order, so the reading begins a few blocks before.
   */
  List<Entry> after(EventId id, int limit) {
    try (Snapshot snapshot = read()) {
      List<Snapshot.Pair> before =
          snapshot.scan(new byte[] {'e'}, Index.end(Index.block(id)), 4, true);
      byte[] from = before.isEmpty() ? new byte[] {'e'} : before.getLast().key();
      List<Entry> found = new ArrayList<>();
      List<Snapshot.Pair> pairs;
      do {
        pairs = snapshot.scan(from, new byte[] {'f'}, 16);
        for (Snapshot.Pair pair : pairs) {
          entries(pair.value()).stream()
              .filter(entry -> entry.id().compareTo(id) > 0)
              .forEach(found::add);
        }
        from = pairs.isEmpty() ? from : Index.end(pairs.getLast().key());
      } while (pairs.size() == 16 && found.size() < limit);
      return found.stream().sorted(Comparator.comparing(Entry::id)).limit(limit).toList();
    }
  }

  /**
   * Forgets some of the blocks older than {@code limit}; true if there may be more. A block's age
   * is in its key, so that one which is damaged is forgotten too; what its index rows lead to is
   * then nothing.
   */
  boolean purge(Instant limit) {
    List<Snapshot.Pair> pairs;
    try (Snapshot snapshot = read()) {
      pairs = snapshot.scan(new byte[] {'e'}, new byte[] {'f'}, 50);
    }
    boolean all = pairs.size() == 50;
    for (Snapshot.Pair pair : pairs) {
      EventId id = new EventId(Index.target(pair.key()));
      if (id.compareTo(Ids.firstAt(limit)) >= 0) {
        return false;
      }
      forget(id, entries(pair.value()));
    }
    return all;
  }

  private void forget(EventId id, List<Entry> entries) {
    store.update(
        PARTITION,
        Durability.RELAXED,
        txn -> {
          txn.delete(Index.block(id));
          Index.keys(id, entries).forEach(txn::delete);
          return true;
        });
  }
}
