package org.thurn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thurn.store.BodyId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Txn;

/** One update of a {@link MemoryStore}: a copy of the rows, and what changed. */
final class MemoryTxn implements Txn {
  final Partition partition;
  final List<Runnable> whenDurable = new ArrayList<>();
  long version;
  boolean synced;
  private final NavigableMap<byte[], byte[]> before;
  private final TreeMap<byte[], Optional<byte[]>> changes = new TreeMap<>(Arrays::compareUnsigned);
  private final Map<BodyId, byte[]> attached = new HashMap<>();
  private final List<Map.Entry<BodyId, String>> held = new ArrayList<>();
  private final List<Map.Entry<BodyId, String>> released = new ArrayList<>();

  MemoryTxn(Partition partition, NavigableMap<byte[], byte[]> before) {
    this.partition = partition;
    this.before = before;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    Optional<byte[]> changed = changes.get(key);
    return changed == null ? Optional.ofNullable(before.get(key)) : changed;
  }

  @Override
  public List<Snapshot.Pair> scan(byte[] from, byte[] to, int limit, boolean reverse) {
    NavigableMap<byte[], byte[]> now = MemoryStore.rows();
    now.putAll(before.subMap(from, true, to, false));
    changes.subMap(from, true, to, false).forEach((key, value) -> apply(now, key, value));
    return scan(now, from, to, limit, reverse);
  }

  static List<Snapshot.Pair> scan(
      NavigableMap<byte[], byte[]> rows, byte[] from, byte[] to, int limit, boolean reverse) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return List.of();
    }
    NavigableMap<byte[], byte[]> part = rows.subMap(from, true, to, false);
    return (reverse ? part.descendingMap() : part)
        .entrySet().stream()
            .limit(limit)
            .map(entry -> new Snapshot.Pair(entry.getKey(), entry.getValue()))
            .toList();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    changes.put(key.clone(), Optional.of(value.clone()));
  }

  @Override
  public void delete(byte[] key) {
    changes.put(key.clone(), Optional.empty());
  }

  @Override
  public void attach(Staged staged, String holder) {
    try (var in = staged.open()) {
      attached.put(staged.id(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hold(staged.id(), holder);
  }

  @Override
  public void hold(BodyId body, String holder) {
    held.add(Map.entry(body, holder));
  }

  @Override
  public void release(BodyId body, String holder) {
    released.add(Map.entry(body, holder));
  }

  void applyTo(NavigableMap<byte[], byte[]> rows) {
    changes.forEach((key, value) -> apply(rows, key, value));
  }

  void applyBodies(Map<BodyId, byte[]> bodies, Map<BodyId, Set<String>> holders) {
    bodies.putAll(attached);
    held.forEach(e -> holders.computeIfAbsent(e.getKey(), b -> new HashSet<>()).add(e.getValue()));
    for (Map.Entry<BodyId, String> release : released) {
      Set<String> left = holders.getOrDefault(release.getKey(), new HashSet<>());
      left.remove(release.getValue());
      if (left.isEmpty()) {
        holders.remove(release.getKey());
        bodies.remove(release.getKey());
      }
    }
  }

  private static void apply(NavigableMap<byte[], byte[]> rows, byte[] key, Optional<byte[]> value) {
    value.ifPresentOrElse(v -> rows.put(key, v), () -> rows.remove(key));
  }
}
