package org.thurn.store.rocksdb;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Partition;

/**
 * One partition while somebody updates it or commits of it wait for their sync. Whoever updates
 * holds {@link #lock}; the committer only takes entries out of the overlay.
 */
final class PartitionState {
  private static final long UNKNOWN = -1;

  final Partition partition;
  final byte[] prefix;
  final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<byte[], Entry> overlay =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
  private long generation = UNKNOWN;
  private long version = UNKNOWN;
  private volatile @Nullable Pending last;

  PartitionState(Partition partition) {
    this.partition = partition;
    this.prefix = Keys.prefix(partition);
  }

  /** A write that waits for its sync, by the key within the partition. Compared by identity. */
  static final class Entry {
    final byte @Nullable [] value;

    Entry(byte @Nullable [] value) {
      this.value = value;
    }
  }

  /** Forgets what was built on commits that failed, then tells the version. Under the lock. */
  long begin(long now, java.util.function.LongSupplier durableVersion) {
    if (generation != now) {
      overlay.clear();
      last = null;
      version = durableVersion.getAsLong();
      generation = now;
    }
    return version;
  }

  NavigableMap<byte[], Entry> overlay() {
    return overlay;
  }

  /** The commit that the newest state rests on, if it may still fail. */
  @Nullable Pending last() {
    return last;
  }

  /** The commit is in the queue: later updates see it. Under the lock. */
  void add(Pending pending) {
    overlay.putAll(pending.writes());
    version = pending.version();
    last = pending;
  }

  /** The commit is on the disk: what no later one wrote over can be read there. */
  void durable(Pending pending) {
    pending.writes().forEach(overlay::remove);
  }
}
