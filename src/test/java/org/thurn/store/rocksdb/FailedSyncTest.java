package org.thurn.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.OpId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;
import org.thurn.store.Txn;
import org.thurn.time.Time;

class FailedSyncTest {
  private static final Partition A = new Partition("account", "a");
  private static final byte[] KEY = {'k'};

  @TempDir private Path directory;
  private final Faults faults = new Faults();
  private final RocksBudget budget = RocksBudget.small();
  private RocksStore store;

  private static final class Faults implements CommitFaults {
    volatile @Nullable RocksDBException before;
    volatile @Nullable RocksDBException after;
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void beforeWrite() throws RocksDBException {
      try {
        assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      RocksDBException fault = before;
      before = null;
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    public void afterWrite() throws RocksDBException {
      RocksDBException fault = after;
      after = null;
      if (fault != null) {
        throw fault;
      }
    }
  }

  @BeforeEach
  void open() {
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system(), faults);
    put("0");
  }

  @AfterEach
  void close() {
    faults.gate.countDown();
    store.close();
    budget.close();
  }

  private void put(String value) {
    store.update(A, Durability.SYNCED, txn -> putIn(txn, value));
  }

  private static boolean putIn(Txn txn, String value) {
    txn.put(KEY, value.getBytes(UTF_8));
    return true;
  }

  private String get() {
    try (Snapshot snapshot = store.read(A)) {
      return new String(snapshot.get(KEY).orElseThrow(), UTF_8);
    }
  }

  private static RocksDBException fault(Status.SubCode subCode) {
    return new RocksDBException("fault", new Status(Status.Code.IOError, subCode, "fault"));
  }

  private static Kind kindOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    StoreException e = catchThrowableOfType(StoreException.class, call);
    assertThat(e).isNotNull();
    return e.kind();
  }

  @Test
  void failedWriteAcknowledgesNothingAndTheStoreGoesOn() {
    faults.before = fault(Status.SubCode.None);
    assertThat(kindOf(() -> put("1"))).isEqualTo(Kind.FAILED);
    assertThat(get()).isEqualTo("0");
    put("2");
    assertThat(get()).isEqualTo("2");
  }

  @Test
  void fullDiskIsFull() {
    faults.before = fault(Status.SubCode.NoSpace);
    assertThat(kindOf(() -> put("1"))).isEqualTo(Kind.FULL);
    put("2");
  }

  @Test
  void syncThatFailedAfterTheLogWasWrittenIsUnknownAndItsOperationTells() {
    faults.after = fault(Status.SubCode.None);
    OpId op = OpId.random();
    Kind kind = kindOf(() -> store.update(A, op, Durability.SYNCED, txn -> putIn(txn, "1")));
    assertThat(kind).isEqualTo(Kind.UNKNOWN);
    assertThat(store.committed(A, op)).isEqualTo(get().equals("1"));
    put("2");
    assertThat(get()).isEqualTo("2");
  }

  @Test
  void everythingThatWaitsFailsAndNothingBuildsOnTheLost() throws InterruptedException {
    faults.gate = new CountDownLatch(1);
    AtomicBoolean durable = new AtomicBoolean();
    Commit<Boolean> first = store.update(A, Durability.RELAXED, txn -> putIn(txn, "1"));
    first.whenDurable(() -> durable.set(true));
    CountDownLatch failed = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThat(kindOf(() -> put("other"))).isEqualTo(Kind.FAILED);
                  failed.countDown();
                });
    Commit<Boolean> second = store.update(A, Durability.RELAXED, txn -> putIn(txn, "2"));
    faults.before = fault(Status.SubCode.None);
    faults.gate.countDown();
    assertThatThrownBy(first::awaitDurable).isInstanceOf(StoreException.class);
    assertThatThrownBy(second::awaitDurable).isInstanceOf(StoreException.class);
    assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();
    other.join();
    AtomicInteger runs = new AtomicInteger();
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          runs.incrementAndGet();
          return putIn(txn, new String(txn.get(KEY).orElseThrow(), UTF_8) + "+");
        });
    assertThat(get()).isEqualTo("0+");
    assertThat(durable).isFalse();
    assertThat(runs).hasValue(1);
  }

  @Test
  void updateUnderWayDuringAFailureRunsAgainOnWhatIsDurable() {
    faults.gate = new CountDownLatch(1);
    Commit<Boolean> lost = store.update(A, Durability.RELAXED, txn -> putIn(txn, "lost"));
    faults.before = fault(Status.SubCode.None);
    AtomicInteger runs = new AtomicInteger();
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          String seen = new String(txn.get(KEY).orElseThrow(), UTF_8);
          if (runs.getAndIncrement() == 0) {
            assertThat(seen).isEqualTo("lost");
            faults.gate.countDown();
            assertThatThrownBy(lost::awaitDurable).isInstanceOf(StoreException.class);
          }
          return putIn(txn, seen + "+");
        });
    assertThat(runs).hasValue(2);
    assertThat(get()).isEqualTo("0+");
  }

  @Test
  void snapshotOverAReopeningFailsCleanly() {
    try (Snapshot snapshot = store.read(A)) {
      faults.before = fault(Status.SubCode.None);
      assertThat(kindOf(() -> put("1"))).isEqualTo(Kind.FAILED);
      assertThat(kindOf(() -> snapshot.get(KEY))).isEqualTo(Kind.FAILED);
    }
    assertThat(get()).isEqualTo("0");
  }

  @Test
  void directoryInUseIsRefusedWithItsName() {
    assertThatThrownBy(
            () -> RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("in use");
  }

  @Test
  void leaseLostBetweenCheckAndCommitFences() {
    var first = store.lease("shard", "one", Duration.ZERO).orElseThrow();
    Kind kind =
        kindOf(
            () ->
                store.update(
                    A,
                    Durability.SYNCED,
                    txn -> {
                      first.check(txn);
                      assertThat(store.lease("shard", "two", Duration.ofHours(1))).isPresent();
                      return putIn(txn, "1");
                    }));
    assertThat(kind).isEqualTo(Kind.FENCED);
    assertThat(get()).isEqualTo("0");
  }
}
