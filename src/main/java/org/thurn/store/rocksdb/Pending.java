package org.thurn.store.rocksdb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.StoreException;

/** One update's writes on their way to the disk. */
final class Pending {
  private final PartitionState state;
  private final long generation;
  private final long version;
  private final Durability durability;
  private final Map<byte[], PartitionState.Entry> writes;
  private final List<Row> rows;
  private final Set<BodyId> held;
  private final List<HeldLease> leases;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final int size;
  private long enqueued;

  /**
   * @param generation the committer's, when the update began
   * @param writes by key within the partition, as the overlay keeps them
   * @param rows everything to write
   * @param held bodies that this makes somebody hold
   * @param leases that must still be ours when it takes its place in the queue
   */
  Pending(
      PartitionState state,
      long generation,
      long version,
      Durability durability,
      Map<byte[], PartitionState.Entry> writes,
      List<Row> rows,
      Set<BodyId> held,
      List<HeldLease> leases) {
    this.state = state;
    this.generation = generation;
    this.version = version;
    this.durability = durability;
    this.writes = writes;
    this.rows = rows;
    this.held = held;
    this.leases = leases;
    this.size = rows.stream().mapToInt(Row::size).sum();
  }

  PartitionState state() {
    return state;
  }

  long generation() {
    return generation;
  }

  long version() {
    return version;
  }

  boolean synced() {
    return durability == Durability.SYNCED;
  }

  Map<byte[], PartitionState.Entry> writes() {
    return writes;
  }

  List<Row> rows() {
    return rows;
  }

  Set<BodyId> held() {
    return held;
  }

  List<HeldLease> leases() {
    return leases;
  }

  int size() {
    return size;
  }

  long enqueued() {
    return enqueued;
  }

  void enqueuedAt(long nanos) {
    enqueued = nanos;
  }

  /** Completes after the sync; with a StoreException if the commit failed. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Blocks until it is on the disk. */
  void await() {
    await(done);
  }

  /** Waits; a StoreException that comes out gets the waiter's stack trace. */
  static void await(CompletableFuture<Void> done) {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException s) {
        throw new StoreException(s.kind(), String.valueOf(s.getMessage()), s);
      }
      throw e;
    }
  }
}
