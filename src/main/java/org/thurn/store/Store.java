package org.thurn.store;

import java.time.Duration;
import java.util.Optional;

/**
 * An ordered key-value space per {@link Partition}, with bodies beside it. The one durable thing in
 * the house; see docs/queue.md for what rests on it. Safe for many threads.
 */
public interface Store extends AutoCloseable {
  /** A view of what is durable: never shows what a crash could take back. */
  Snapshot read(Partition partition);

  /**
   * Runs {@code work} and commits what it wrote. Updates of one partition run one after the other
   * and see each other's writes, synced or not. The work may run again and must have no effect but
   * on its {@link Txn}. An exception from it drops the update and passes through.
   *
   * @throws StoreException if the commit failed; with SYNCED, nothing is acknowledged that is not
   *     on the disk
   */
  <T> Commit<T> update(Partition partition, Durability durability, Work<T> work);

  /** As above, named: if its outcome is UNKNOWN, {@link #committed} tells it. */
  <T> Commit<T> update(Partition partition, OpId op, Durability durability, Work<T> work);

  /** Whether the update named {@code op} is committed (kept for at least an hour). */
  boolean committed(Partition partition, OpId op);

  /** Begins a body; {@code limit} octets at the most, then IOException from write. */
  Staging stage(long limit);

  /**
   * As {@link #stage}, for a body that we owe, such as a notification: it may use the reserve of
   * the disk, which is kept so that what was taken in can be brought to its end.
   */
  default Staging stageOwed(long limit) {
    return stage(limit);
  }

  /** A stored body, or empty if it was collected. */
  Optional<Body> body(BodyId id);

  /** Takes the lease, or returns empty while another owner has it. */
  Optional<Lease> lease(String name, String owner, Duration ttl);

  /** Calls {@code listener} after each durable commit of the partition, until closed. */
  Watch watch(Partition partition, Runnable listener);

  /** The ids of the partitions of one kind, in order, after {@code after} (empty for the first). */
  java.util.List<String> partitions(String kind, String after, int limit);

  /** Octets free on the file system that holds the store. */
  long free();

  @Override
  void close();

  /** The body of an update. */
  @FunctionalInterface
  interface Work<T> {
    T run(Txn txn);
  }

  /** A registration; closing ends it. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
