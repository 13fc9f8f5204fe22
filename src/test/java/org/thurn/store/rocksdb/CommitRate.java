package org.thurn.store.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.time.Time;

/** Measures synced commits a second from 64 virtual threads, 1 KB values. Run it by hand. */
final class CommitRate {
  private static final int WRITERS = 64;
  private static final long SECONDS = 10;

  private CommitRate() {}

  /** Argument: an empty directory on the disk to measure. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    AtomicLong commits = new AtomicLong();
    long worstTimer = 0;
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system())) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      CountDownLatch done = new CountDownLatch(WRITERS);
      for (int i = 0; i < WRITERS; i++) {
        Partition partition = new Partition("account", "a" + i);
        Thread.ofVirtual()
            .start(
                () -> {
                  for (long n = 0; System.nanoTime() < end; n++) {
                    byte[] key = Keys.join(new byte[] {'k'}, Keys.hour((int) n));
                    store.update(partition, Durability.SYNCED, txn -> put(txn, key));
                    commits.incrementAndGet();
                  }
                  done.countDown();
                });
      }
      while (done.getCount() > 0) {
        long before = System.nanoTime();
        Thread ticker = Thread.ofVirtual().start(CommitRate::tick);
        ticker.join();
        long late = System.nanoTime() - before - TimeUnit.MILLISECONDS.toNanos(10);
        worstTimer = Math.max(worstTimer, late);
      }
    }
    System.out.printf(
        "%d commits/s, timers at most %d ms late%n",
        commits.get() / SECONDS, TimeUnit.NANOSECONDS.toMillis(worstTimer));
  }

  private static boolean put(org.thurn.store.Txn txn, byte[] key) {
    txn.put(key, new byte[1024]);
    return true;
  }

  private static void tick() {
    try {
      Thread.sleep(10); // the timer whose lateness is measured: it must be the real one
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
