package org.thurn.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.store.BodyId;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.StoreException;
import org.thurn.store.Txn;
import org.thurn.time.Time;

/** The collector against commits that are on their way to the disk at that moment. */
class CollectorTest {
  private static final Partition A = new Partition("queue", "a");

  @TempDir private Path directory;
  private volatile CountDownLatch reached = new CountDownLatch(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private final CommitFaults slow =
      new CommitFaults() {
        @Override
        public void beforeWrite() {
          reached.countDown();
          try {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      };

  private static boolean hold(Txn txn, BodyId id) {
    txn.hold(id, "second");
    return true;
  }

  @Test
  void bodyIsKeptForAHoldThatIsBeingWritten() throws Exception {
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system(), slow)) {
      BodyId id = attachAndRelease(store);
      gate = new CountDownLatch(1);
      reached = new CountDownLatch(1);
      store.update(A, Durability.RELAXED, txn -> hold(txn, new BodyId("0".repeat(32))));
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      Commit<Boolean> held = store.update(A, Durability.RELAXED, txn -> hold(txn, id));
      CountDownLatch collected = new CountDownLatch(1);
      Thread.ofPlatform()
          .start(
              () -> {
                store.collect();
                collected.countDown();
              });
      gate.countDown();
      assertThat(collected.await(10, TimeUnit.SECONDS)).isTrue();
      held.awaitDurable();
      assertThat(store.body(id)).isPresent();
    }
  }

  @Test
  void bodyThatIsHeldWhileOthersAreCollectedIsKeptOrItsHoldRefused() throws Exception {
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system())) {
      BodyId first = attachAndRelease(store);
      for (int i = 0; i < 300; i++) {
        attachAndRelease(store);
      }
      assertThat(store.collect()).isEqualTo(301);
      assertThatThrownBy(() -> store.update(A, Durability.SYNCED, txn -> hold(txn, first)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("collected");
    }
  }

  /**
   * Files are written, renamed, named by a commit and let go while a collector runs all the time.
   */
  @Test
  void filesOnTheirWayInAreNeverCollected() throws Exception {
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(new RocksStoreSettings(directory, 0, 0, 2), budget, Time.system())) {
      AtomicBoolean done = new AtomicBoolean();
      Thread collector =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!done.get()) {
                      store.collect();
                    }
                  });
      List<BodyId> kept = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        try (Staging staging = store.stage(100)) {
          staging.write(new byte[100]);
          try (Staged staged = staging.finish()) {
            if (i % 3 > 0) {
              store.update(A, Durability.SYNCED, txn -> attach(txn, staged));
              kept.add(staged.id());
            }
          }
        }
      }
      done.set(true);
      collector.join();
      for (BodyId id : kept) {
        try (InputStream in = store.body(id).orElseThrow().open()) {
          assertThat(in.readAllBytes()).hasSize(100);
        }
      }
      try (Stream<Path> files = Files.list(directory.resolve("bodies"))) {
        assertThat(files).hasSize(kept.size());
      }
    }
  }

  private static BodyId attachAndRelease(RocksStore store) throws IOException {
    try (Staging staging = store.stage(10)) {
      staging.write(1);
      try (Staged staged = staging.finish()) {
        store.update(A, Durability.SYNCED, txn -> attach(txn, staged));
        store.update(A, Durability.SYNCED, txn -> release(txn, staged.id()));
        return staged.id();
      }
    }
  }

  private static boolean attach(Txn txn, Staged staged) {
    txn.attach(staged, "first");
    return true;
  }

  private static boolean release(Txn txn, BodyId id) {
    txn.release(id, "first");
    return true;
  }
}
