package org.thurn.store.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.store.Partition;

/** The states of the partitions that are being updated; one goes with its last user. */
final class Partitions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Partition, Used> states = new HashMap<>();

  private static final class Used {
    final PartitionState state;
    int users;

    Used(Partition partition) {
      state = new PartitionState(partition);
    }
  }

  /** The one state of this partition; to be given back. */
  PartitionState take(Partition partition) {
    lock.lock();
    try {
      Used used = states.computeIfAbsent(partition, Used::new);
      used.users++;
      return used.state;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(PartitionState state) {
    lock.lock();
    try {
      states.computeIfPresent(state.partition, (key, used) -> --used.users == 0 ? null : used);
    } finally {
      lock.unlock();
    }
  }
}
