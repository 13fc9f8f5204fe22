package org.thurn.store.rocksdb;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    byte[] from = {};
    List<Snapshot.Pair> pairs;
    do {
      pairs = view.scan(Family.PARTITIONS, from, END, PAGE);
      for (Snapshot.Pair pair : pairs) {
        to.looked(1, 0);
        if (!isVersion(pair.value())) {
          found("partitions", Finding.shown(pair.key()), Kind.UNREADABLE, "not a version");
        }
      }
      from = pairs.isEmpty() ? END : next(pairs);
    } while (pairs.size() == PAGE);
  }

  private static boolean isVersion(byte[] row) {
    return row.length == VERSION && row[0] == Keys.FORMAT;
  }

  private void operations() {
    byte[] from = {};
    List<Snapshot.Pair> pairs;
    do {
      pairs = view.scan(Family.OPERATIONS, from, END, PAGE);
      for (Snapshot.Pair pair : pairs) {
        to.looked(1, 0);
        byte[] key = pair.key();
        if (key.length <= 4 || Keys.partitionOf(Arrays.copyOfRange(key, 4, key.length)).isEmpty()) {
          found("operations", Finding.shown(key), Kind.UNREADABLE, "it names no partition");
        }
      }
      from = pairs.isEmpty() ? END : next(pairs);
    } while (pairs.size() == PAGE);
  }

  /** Those before every partition's. */
  private void ownRows() {
    byte[] from = {0};
    byte[] end = {1};
    List<Snapshot.Pair> pairs;
    do {
      pairs = view.scan(Family.ROWS, from, end, PAGE);
      for (Snapshot.Pair pair : pairs) {
        to.looked(1, 0);
        byte[] key = pair.key();
        boolean known =
            Arrays.equals(key, Keys.FORMAT_ROW) || (key.length == 2 + Keys.BODY && key[1] == 'r');
        if (!known) {
          found("rows", Finding.shown(key), Kind.STRAY, "a row of the engine of no known kind");
        }
      }
      from = pairs.isEmpty() ? end : next(pairs);
    } while (pairs.size() == PAGE);
  }

  private static byte[] next(List<Snapshot.Pair> pairs) {
    byte[] last = pairs.getLast().key();
    return Arrays.copyOf(last, last.length + 1);
  }

  private void found(String where, String key, Kind kind, String words) {
    to.found(new Finding(where, key, kind, words));
  }
}
