package org.thurn.lab.attack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

/**
 * A store that looks new: every partition is one of its own within a larger store. To open a real
 * one for each message would take longer than to send it.
 *
 * @param whole stays open when this is closed
 * @param owner tells this one's partitions from those of others
 */
record FreshRows(Store whole, String owner) implements Store {
  private Partition own(Partition partition) {
    return new Partition(partition.kind(), partition.id() + "." + owner);
  }

  @Override
  public Snapshot read(Partition partition) {
    return whole.read(own(partition));
  }

  @Override
  public <T> Commit<T> update(Partition partition, Durability durability, Work<T> work) {
    return whole.update(own(partition), durability, work);
  }

  @Override
  public <T> Commit<T> update(Partition partition, OpId op, Durability durability, Work<T> work) {
    return whole.update(own(partition), op, durability, work);
  }

  @Override
  public boolean committed(Partition partition, OpId op) {
    return whole.committed(own(partition), op);
  }

  @Override
  public Staging stage(long limit) {
    return whole.stage(limit);
  }

  @Override
  public Optional<Body> body(BodyId id) {
    return whole.body(id);
  }

  @Override
  public Optional<Lease> lease(String name, String whose, Duration ttl) {
    return whole.lease(name + "." + owner, whose, ttl);
  }

  @Override
  public Watch watch(Partition partition, Runnable listener) {
    return whole.watch(own(partition), listener);
  }

  @Override
  public List<String> partitions(String kind, String after, int limit) {
    return whole.partitions(kind, after, limit);
  }

  @Override
  public long free() {
    return whole.free();
  }

  @Override
  public void close() {
    // the larger one is for others, too
  }
}
