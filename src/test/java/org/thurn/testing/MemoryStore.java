package org.thurn.testing;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Lease;
import org.thurn.store.OpId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.StoreException;

/**
 * A store in memory with the contract's durability: a reader sees what is synced, an update sees
 * everything, and {@link #crash} gives what a crash would leave. One ordered log: a synced commit
 * syncs all before it.
 */
public final class MemoryStore implements Store {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Partition, NavigableMap<byte[], byte[]>> newest = new HashMap<>();
  private final Map<Partition, NavigableMap<byte[], byte[]>> durable = new HashMap<>();
  private final List<MemoryTxn> unsynced = new ArrayList<>();
  private final Map<BodyId, byte[]> bodies = new HashMap<>();
  private final Map<BodyId, Set<String>> holders = new HashMap<>();
  private final Set<OpId> operations = new HashSet<>();
  private final List<Map.Entry<Partition, Runnable>> watches = new ArrayList<>();
  private final boolean lazy;
  private StoreException.@Nullable Kind trouble;
  private long version;

  /** Syncs every commit. */
  public MemoryStore() {
    this(false);
  }

  /**
   * A store.
   *
   * @param lazy a RELAXED commit waits for the next sync, as it may
   */
  public MemoryStore(boolean lazy) {
    this.lazy = lazy;
  }

  static NavigableMap<byte[], byte[]> rows() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** What a crash leaves, as a store of its own; this one does nothing more. */
  public MemoryStore crash() {
    lock.lock();
    try {
      MemoryStore left = new MemoryStore(lazy);
      durable.forEach(
          (partition, rows) -> {
            NavigableMap<byte[], byte[]> copy = rows();
            copy.putAll(rows);
            left.durable.put(partition, copy);
            NavigableMap<byte[], byte[]> other = rows();
            other.putAll(rows);
            left.newest.put(partition, other);
          });
      left.bodies.putAll(bodies);
      holders.forEach((body, set) -> left.holders.put(body, new HashSet<>(set)));
      left.operations.addAll(operations);
      trouble = StoreException.Kind.CLOSED;
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** From now on updates fail so; null ends it. */
  public void fail(StoreException.@Nullable Kind kind) {
    lock.lock();
    try {
      trouble = kind;
    } finally {
      lock.unlock();
    }
  }

  /** Everything committed is durable from now on. */
  public void sync() {
    List<Runnable> told = new ArrayList<>();
    lock.lock();
    try {
      check();
      for (MemoryTxn txn : unsynced) {
        txn.applyTo(durable.computeIfAbsent(txn.partition, p -> rows()));
        txn.applyBodies(bodies, holders);
        told.addAll(txn.whenDurable);
        watches.stream()
            .filter(watch -> watch.getKey().equals(txn.partition))
            .forEach(watch -> told.add(watch.getValue()));
        txn.synced = true;
      }
      unsynced.clear();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  private void check() {
    if (trouble != null) {
      throw new StoreException(trouble, "the test says " + trouble);
    }
  }

  /** The bodies that somebody holds. */
  public Set<BodyId> heldBodies() {
    lock.lock();
    try {
      return Set.copyOf(holders.keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Snapshot read(Partition partition) {
    lock.lock();
    try {
      check();
      NavigableMap<byte[], byte[]> copy = rows();
      copy.putAll(durable.getOrDefault(partition, rows()));
      return new MemorySnapshot(copy);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> Commit<T> update(Partition partition, Durability durability, Work<T> work) {
    return update(partition, OpId.random(), durability, work);
  }

  @Override
  public <T> Commit<T> update(Partition partition, OpId op, Durability durability, Work<T> work) {
    MemoryTxn txn;
    T value;
    lock.lock();
    try {
      check();
      NavigableMap<byte[], byte[]> rows = newest.computeIfAbsent(partition, p -> rows());
      txn = new MemoryTxn(partition, rows);
      value = work.run(txn);
      txn.applyTo(rows);
      txn.version = ++version;
      unsynced.add(txn);
      operations.add(op);
    } finally {
      lock.unlock();
    }
    if (durability == Durability.SYNCED || !lazy) {
      sync();
    }
    return new MemoryCommit<>(this, txn, value);
  }

  private record MemoryCommit<T>(MemoryStore store, MemoryTxn txn, T value) implements Commit<T> {
    @Override
    public long version() {
      return txn.version;
    }

    @Override
    public void awaitDurable() {
      store.sync();
    }

    @Override
    public void whenDurable(Runnable action) {
      boolean past;
      store.lock.lock();
      try {
        past = txn.synced;
        if (!past) {
          txn.whenDurable.add(action);
        }
      } finally {
        store.lock.unlock();
      }
      if (past) {
        action.run();
      }
    }
  }

  @Override
  public boolean committed(Partition partition, OpId op) {
    lock.lock();
    try {
      return operations.contains(op);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Staging stage(long limit) {
    return new MemoryBody.Writer(new ByteArrayOutputStream(), limit);
  }

  @Override
  public Optional<Body> body(BodyId id) {
    lock.lock();
    try {
      check();
      return Optional.ofNullable(bodies.get(id)).map(octets -> new MemoryBody(id, octets));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Lease> lease(String name, String owner, Duration ttl) {
    throw new UnsupportedOperationException("no leases in memory");
  }

  @Override
  public Watch watch(Partition partition, Runnable listener) {
    Map.Entry<Partition, Runnable> watch = Map.entry(partition, listener);
    lock.lock();
    try {
      watches.add(watch);
    } finally {
      lock.unlock();
    }
    return () -> watches.remove(watch);
  }

  @Override
  public List<String> partitions(String kind, String after, int limit) {
    lock.lock();
    try {
      return durable.keySet().stream()
          .filter(partition -> partition.kind().equals(kind))
          .map(Partition::id)
          .filter(id -> id.compareTo(after) > 0)
          .sorted()
          .limit(limit)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long free() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() {
    fail(StoreException.Kind.CLOSED);
  }

  private record MemorySnapshot(NavigableMap<byte[], byte[]> rows) implements Snapshot {
    @Override
    public Optional<byte[]> get(byte[] key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public List<Pair> scan(byte[] from, byte[] to, int limit, boolean reverse) {
      return MemoryTxn.scan(rows, from, to, limit, reverse);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
