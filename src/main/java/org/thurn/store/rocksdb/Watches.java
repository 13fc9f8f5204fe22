package org.thurn.store.rocksdb;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.thurn.store.Partition;
import org.thurn.store.Store.Watch;

/** Who wants to hear of a partition's commits. */
final class Watches {
  private final Map<Partition, List<One>> watches = new ConcurrentHashMap<>();

  Watch watch(Partition partition, Runnable listener) {
    One watch = new One(partition, listener);
    watches.compute(
        partition,
        (key, before) -> {
          List<One> list = before == null ? new CopyOnWriteArrayList<>() : before;
          list.add(watch);
          return list;
        });
    return watch;
  }

  /** Never blocks: listeners run on virtual threads. */
  void committed(Collection<Pending> group) {
    if (watches.isEmpty()) {
      return;
    }
    Set<Partition> partitions = new LinkedHashSet<>();
    group.forEach(pending -> partitions.add(pending.state().partition));
    for (Partition partition : partitions) {
      watches.getOrDefault(partition, List.of()).forEach(One::signal);
    }
  }

  /** Runs its listener one at a time; commits during a run make one more run. */
  private final class One implements Watch {
    private final Partition partition;
    private final Runnable listener;
    private final AtomicInteger signals = new AtomicInteger();
    private volatile boolean closed;

    One(Partition partition, Runnable listener) {
      this.partition = partition;
      this.listener = listener;
    }

    void signal() {
      if (signals.getAndIncrement() == 0) {
        Thread.ofVirtual().start(this::run);
      }
    }

    private void run() {
      int seen;
      do {
        seen = signals.get();
        try {
          if (!closed) {
            listener.run();
          }
        } catch (RuntimeException e) {
          signals.set(0); // the next commit starts it anew; this failure is the thread's
          throw e;
        }
      } while (signals.addAndGet(-seen) != 0);
    }

    @Override
    public void close() {
      closed = true;
      watches.computeIfPresent(
          partition,
          (key, list) -> {
            list.remove(this);
            return list.isEmpty() ? null : list;
          });
    }
  }
}
