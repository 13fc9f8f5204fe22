package org.thurn.store.rocksdb;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Durability;
import org.thurn.store.Lease;
import org.thurn.store.Partition;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;
import org.thurn.store.Txn;
import org.thurn.time.Time;

/**
 * The leases of this process. The files have one owner at a time, so who holds what is in memory;
 * the epoch is a row, so that it grows over restarts.
 */
final class Leases {
  private static final byte[] EPOCH = {'e'};

  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  Leases(Time time) {
    this.time = time;
  }

  private record Held(String owner, long epoch, long expires) {}

  Optional<Lease> take(Store store, String name, String owner, Duration ttl) {
    lock.lock();
    try {
      Held now = held.get(name);
      if (now != null && !now.owner.equals(owner) && now.expires - time.ticks() > 0) {
        return Optional.empty();
      }
      // gone before the new epoch takes its place in the queue: what the old holder submits after
      // that is refused, what it submitted before is written before
      held.remove(name);
      long epoch = nextEpoch(store, name);
      held.put(name, new Held(owner, epoch, time.ticks() + ttl.toNanos()));
      return Optional.of(new OneLease(name, epoch, ttl));
    } finally {
      lock.unlock();
    }
  }

  private static long nextEpoch(Store store, String name) {
    return store
        .update(
            new Partition("lease", name),
            Durability.SYNCED,
            txn -> {
              long last =
                  txn.get(EPOCH).map(row -> ByteBuffer.wrap(row, 1, 8).getLong()).orElse(0L);
              byte[] row = ByteBuffer.allocate(9).put(Keys.FORMAT).putLong(last + 1).array();
              txn.put(EPOCH, row);
              return last + 1;
            })
        .value();
  }

  /** Throws FENCED if it is not the current one. */
  void verify(HeldLease lease) {
    if (!isCurrent(held.get(lease.name()), lease.epoch())) {
      throw new StoreException(Kind.FENCED, "the lease " + lease.name() + " is lost");
    }
  }

  private static boolean isCurrent(@Nullable Held now, long epoch) {
    return now != null && now.epoch == epoch;
  }

  private final class OneLease implements Lease {
    private final String name;
    private final long epoch;
    private final Duration ttl;

    OneLease(String name, long epoch, Duration ttl) {
      this.name = name;
      this.epoch = epoch;
      this.ttl = ttl;
    }

    @Override
    public long epoch() {
      return epoch;
    }

    /** One that ran out but that nobody else took is still ours. */
    @Override
    public boolean renew() {
      Held after =
          held.computeIfPresent(
              name,
              (key, now) ->
                  isCurrent(now, epoch)
                      ? new Held(now.owner, epoch, time.ticks() + ttl.toNanos())
                      : now);
      return isCurrent(after, epoch);
    }

    @Override
    public void check(Txn txn) {
      HeldLease lease = new HeldLease(name, epoch);
      verify(lease);
      if (!(txn instanceof RocksTxn ours)) {
        throw new IllegalArgumentException("a transaction of another store");
      }
      ours.requires(lease);
    }

    @Override
    public void close() {
      held.computeIfPresent(name, (key, now) -> isCurrent(now, epoch) ? null : now);
    }
  }
}
