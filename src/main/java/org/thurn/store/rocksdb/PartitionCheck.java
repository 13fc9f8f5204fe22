package org.thurn.store.rocksdb;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.store.Finding;
import org.thurn.store.Finding.Kind;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;

/**
 * Checks every partition by the room that owns it, and the engine's own rows: versions of
 * partitions, leases, marks for the collector, names of operations.
 */
final class PartitionCheck {
  private static final int PAGE = 1000;
  private static final int VERSION = 9; // format and number
  private static final int HOUR = 4; // octets in front of a partition's prefix
  private static final String LEASE = "lease";
  private static final byte[] END = {(byte) 0xff};

  private final RocksView view;
  private final Map<String, RoomCheck> rooms;
  private final Findings to;

  PartitionCheck(RocksView view, Map<String, RoomCheck> rooms, Findings to) {
    this.view = view;
    this.rooms = rooms;
    this.to = to;
  }

  void run() {
    ownRows();
    versions();
    operations();
    byte[] from = {1};
    List<Snapshot.Pair> firsts;
    do {
      firsts = view.leap(Family.ROWS, from, END, PAGE, PartitionCheck::afterPartition);
      firsts.forEach(pair -> partition(pair.key()));
      from = firsts.isEmpty() ? END : afterPartition(firsts.getLast().key());
    } while (!firsts.isEmpty());
  }

  private static byte[] afterPartition(byte[] key) {
    return Keys.partitionOf(key)
        .map(partition -> Keys.after(Keys.prefix(partition)))
        .orElseGet(() -> Arrays.copyOf(key, key.length + 1));
  }

  private void partition(byte[] key) {
    Optional<Partition> partition = Keys.partitionOf(key);
    if (partition.isEmpty()) {
      found("rows", Finding.shown(key), Kind.STRAY, "it lies in no partition");
    } else {
      partition(partition.get());
    }
  }

  private void partition(Partition partition) {
    PartitionReport report = new PartitionReport(partition, to);
    if (view.get(Family.PARTITIONS, Keys.partition(partition.kind(), partition.id())).isEmpty()) {
      report.missing("version", "it has rows and no version");
    }
    RoomCheck room = rooms.get(partition.kind());
    if (room != null) {
      room.check(view, partition, to);
    } else if (partition.kind().equals(LEASE)) {
      lease(view.read(partition), report);
    } else {
      report.stray("*", "no room has partitions of this kind");
    }
  }

  private static void lease(Snapshot rows, PartitionReport report) {
    report.onlyKinds(rows, "e");
    rows.get(new byte[] {'e'})
        .filter(row -> !isVersion(row))
        .ifPresent(row -> report.unreadable("e", "not an epoch"));
    report.looked();
  }

  private void versions() {
    each(
        Family.PARTITIONS,
        new byte[0],
        END,
        pair -> {
          if (!isVersion(pair.value())) {
            found("partitions", Finding.shown(pair.key()), Kind.UNREADABLE, "not a version");
          }
        });
  }

  private static boolean isVersion(byte[] row) {
    return row.length == VERSION && row[0] == Keys.FORMAT;
  }

  private void operations() {
    each(
        Family.OPERATIONS,
        new byte[0],
        END,
        pair -> {
          byte[] key = pair.key();
          boolean known =
              key.length > HOUR
                  && Keys.partitionOf(Arrays.copyOfRange(key, HOUR, key.length)).isPresent();
          if (!known) {
            found("operations", Finding.shown(key), Kind.UNREADABLE, "it names no partition");
          }
        });
  }

  /** Those before every partition's. */
  private void ownRows() {
    each(
        Family.ROWS,
        new byte[] {0},
        new byte[] {1},
        pair -> {
          byte[] key = pair.key();
          boolean mark = key.length == 2 + Keys.BODY && key[1] == 'r';
          boolean single =
              Arrays.equals(key, Keys.FORMAT_ROW) || Arrays.equals(key, Keys.GROUP_ROW);
          if (!mark && !single) {
            found("rows", Finding.shown(key), Kind.STRAY, "a row of the engine of no known kind");
          }
        });
  }

  private void each(Family family, byte[] from, byte[] end, Consumer<Snapshot.Pair> action) {
    byte[] next = from;
    List<Snapshot.Pair> pairs;
    do {
      pairs = view.scan(family, next, end, PAGE);
      to.looked(pairs.size(), 0);
      pairs.forEach(action);
      next = pairs.isEmpty() ? end : Keys.join(pairs.getLast().key(), new byte[1]);
    } while (pairs.size() == PAGE);
  }

  private void found(String where, String key, Kind kind, String words) {
    to.found(new Finding(where, key, kind, words));
  }
}
