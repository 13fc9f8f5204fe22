package org.thurn.store.rocksdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thurn.store.BodyId;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Staged;
import org.thurn.store.Txn;

/**
 * One run of an update: its own writes, over the commits of its partition that wait for their sync,
 * over what is durable.
 */
final class RocksTxn implements Txn {
  private final PartitionState state;
  private final Database database;
  private final Readers readers;
  private final Lookup lookup;
  private final NavigableMap<byte[], PartitionState.Entry> writes =
      new TreeMap<>(Arrays::compareUnsigned);
  private final List<Row> bodyRows = new ArrayList<>();
  private final Set<BodyId> held = new HashSet<>();
  private final List<StagedBody> attached = new ArrayList<>();
  private final List<HeldLease> leases = new ArrayList<>();

  RocksTxn(PartitionState state, Database database, Readers readers, Lookup lookup) {
    this.state = state;
    this.database = database;
    this.readers = readers;
    this.lookup = lookup;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    PartitionState.Entry entry = writes.get(key);
    if (entry == null) {
      entry = state.overlay().get(key);
    }
    if (entry != null) {
      return Optional.ofNullable(entry.value).map(byte[]::clone);
    }
    return lookup.get(Family.ROWS, Keys.join(state.prefix, key));
  }

  @Override
  public List<Pair> scan(byte[] from, byte[] to, int limit, boolean reverse) {
    if (Arrays.compareUnsigned(from, to) >= 0 || limit <= 0) {
      return List.of();
    }
    // the overlay first: what the committer takes out of it meanwhile is on the disk by then
    NavigableMap<byte[], PartitionState.Entry> changed = new TreeMap<>(Arrays::compareUnsigned);
    changed.putAll(state.overlay().subMap(from, true, to, false));
    changed.putAll(writes.subMap(from, true, to, false));
    int enough = Math.min(limit, Integer.MAX_VALUE - changed.size()) + changed.size();
    List<Pair> durable =
        readers.call(() -> Scan.of(database, null, state.prefix, from, to, enough, reverse));
    return changed.isEmpty() ? durable : merge(durable, changed, limit, reverse);
  }

  /** As each change hides at most one durable pair, {@code limit} of the merged are in order. */
  private static List<Pair> merge(
      List<Pair> durable,
      NavigableMap<byte[], PartitionState.Entry> changed,
      int limit,
      boolean reverse) {
    NavigableMap<byte[], byte[]> merged = new TreeMap<>(Arrays::compareUnsigned);
    durable.forEach(pair -> merged.put(pair.key(), pair.value()));
    changed.forEach(
        (key, entry) -> {
          byte[] value = entry.value;
          if (value == null) {
            merged.remove(key);
          } else {
            merged.put(key, value.clone());
          }
        });
    return (reverse ? merged.descendingMap() : merged)
        .entrySet().stream()
            .limit(limit)
            .map(pair -> new Pair(pair.getKey(), pair.getValue()))
            .toList();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    writes.put(key.clone(), new PartitionState.Entry(value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    writes.put(key.clone(), new PartitionState.Entry(null));
  }

  @Override
  public void attach(Staged staged, String holder) {
    if (!(staged instanceof StagedBody body)) {
      throw new IllegalArgumentException("a body of another store");
    }
    bodyRows.addAll(body.rows());
    attached.add(body);
    hold(body.id(), holder);
  }

  @Override
  public void hold(BodyId body, String holder) {
    held.add(body);
    bodyRows.add(new Row(Family.HOLDERS, Keys.holder(body, holder), new byte[0]));
  }

  @Override
  public void release(BodyId body, String holder) {
    bodyRows.add(new Row(Family.HOLDERS, Keys.holder(body, holder), null));
    bodyRows.add(new Row(Family.ROWS, Keys.released(body), new byte[0]));
  }

  void requires(HeldLease lease) {
    leases.add(lease);
  }

  boolean isEmpty() {
    return writes.isEmpty() && bodyRows.isEmpty();
  }

  NavigableMap<byte[], PartitionState.Entry> writes() {
    return writes;
  }

  Set<BodyId> held() {
    return held;
  }

  List<StagedBody> attached() {
    return attached;
  }

  List<HeldLease> leases() {
    return leases;
  }

  /** Everything it wrote, with whole keys. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>(bodyRows);
    writes.forEach(
        (key, entry) -> rows.add(new Row(Family.ROWS, Keys.join(state.prefix, key), entry.value)));
    return rows;
  }
}
