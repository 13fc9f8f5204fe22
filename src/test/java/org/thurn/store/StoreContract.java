package org.thurn.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.store.StoreException.Kind;

/** What every engine must do with rows, commits and leases. */
public abstract class StoreContract {
  protected static final Partition A = new Partition("account", "a@example");
  protected static final Partition B = new Partition("account", "b@example");

  @TempDir protected Path directory;
  protected Store store;

  /** Opens the engine's store in {@link #directory}. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected void put(Partition partition, String key, String value) {
    store.update(partition, Durability.SYNCED, txn -> putIn(txn, key, value));
  }

  protected static boolean putIn(Txn txn, String key, String value) {
    txn.put(bytes(key), bytes(value));
    return true;
  }

  protected String get(Partition partition, String key) {
    try (Snapshot snapshot = store.read(partition)) {
      return snapshot.get(bytes(key)).map(value -> new String(value, UTF_8)).orElse("-");
    }
  }

  protected static List<String> shown(List<Snapshot.Pair> pairs) {
    return pairs.stream()
        .map(pair -> new String(pair.key(), UTF_8) + "=" + new String(pair.value(), UTF_8))
        .toList();
  }

  protected List<String> all(Partition partition) {
    try (Snapshot snapshot = store.read(partition)) {
      return shown(snapshot.scan(bytes(""), bytes("~"), 1000));
    }
  }

  @Test
  void updateThatThrowsLeavesNothing() {
    assertThatThrownBy(
            () ->
                store.update(
                    A,
                    Durability.SYNCED,
                    txn -> {
                      putIn(txn, "k", "v");
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(all(A)).isEmpty();
  }

  @Test
  void partitionsDoNotSeeEachOther() {
    put(A, "k", "a");
    put(new Partition("account", "a@exampl"), "ek", "short");
    put(new Partition("account", "a@example2"), "k", "long");
    assertThat(all(A)).containsExactly("k=a");
    assertThat(all(B)).isEmpty();
  }

  @Test
  void snapshotStaysAsItWas() {
    put(A, "k", "1");
    try (Snapshot snapshot = store.read(A)) {
      put(A, "k", "2");
      assertThat(snapshot.get(bytes("k"))).contains(bytes("1"));
    }
    assertThat(get(A, "k")).isEqualTo("2");
  }

  @Test
  void readShowsOnlyWhatIsDurable() {
    AtomicInteger wrong = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      String value = "" + i;
      Commit<Boolean> commit = store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", value));
      CountDownLatch told = new CountDownLatch(1);
      commit.whenDurable(told::countDown);
      boolean visible = get(A, "k").equals(value);
      if (visible) {
        commit.awaitDurable(); // at once: what is visible is past its sync
      }
      store.update(
          A,
          Durability.RELAXED,
          txn -> {
            if (!txn.get(bytes("k")).map(v -> new String(v, UTF_8)).orElse("").equals(value)) {
              wrong.incrementAndGet(); // updates see commits that wait
            }
            return true;
          });
      commit.awaitDurable();
      assertThat(get(A, "k")).isEqualTo(value);
    }
    assertThat(wrong).hasValue(0);
  }

  @Test
  void relaxedCommitIsSyncedSoonWithoutAnother() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "v")).whenDurable(told::countDown);
    assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(get(A, "k")).isEqualTo("v");
  }

  @Test
  void syncedCommitTakesEarlierRelaxedOnesAlong() {
    Commit<Boolean> relaxed = store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "1"));
    store.update(A, Durability.SYNCED, txn -> putIn(txn, "l", "2"));
    assertThat(get(A, "k")).isEqualTo("1");
    relaxed.awaitDurable();
  }

  @Test
  void versionsGrowAndSurviveReopening() {
    long first = store.update(A, Durability.SYNCED, txn -> putIn(txn, "k", "1")).version();
    long second = store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "2")).version();
    reopen();
    long third = store.update(A, Durability.SYNCED, txn -> putIn(txn, "k", "3")).version();
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  protected void reopen() {
    store.close();
    store = open();
  }

  @Test
  void closingWritesWhatWaits() {
    store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "v"));
    reopen();
    assertThat(get(A, "k")).isEqualTo("v");
  }

  @Test
  void countersOfOnePartitionLoseNoUpdate() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Durability durability = i % 2 == 0 ? Durability.SYNCED : Durability.RELAXED;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 50; n++) {
                      store.update(A, durability, StoreContract::countUp);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    reopen();
    assertThat(get(A, "n")).isEqualTo("400");
  }

  private static boolean countUp(Txn txn) {
    int n = txn.get(bytes("n")).map(v -> Integer.parseInt(new String(v, UTF_8))).orElse(0);
    return putIn(txn, "n", "" + (n + 1));
  }

  @Test
  void scanIsOrderedByUnsignedOctetsWithBoundsLimitAndReverse() {
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          for (int key : new int[] {0x00, 0x7f, 0x80, 0xff}) {
            txn.put(new byte[] {(byte) key}, new byte[] {1});
          }
          return true;
        });
    byte[] from = {0x00};
    byte[] to = {(byte) 0xff};
    try (Snapshot snapshot = store.read(A)) {
      assertThat(snapshot.scan(from, to, 10))
          .extracting(pair -> pair.key()[0] & 0xff)
          .containsExactly(0x00, 0x7f, 0x80);
      assertThat(snapshot.scan(from, to, 2, true))
          .extracting(pair -> pair.key()[0] & 0xff)
          .containsExactly(0x80, 0x7f);
      assertThat(snapshot.scan(to, from, 10)).isEmpty();
    }
  }

  @Test
  void transactionScansItsOwnWritesOverWaitingOnesOverDurableOnes() {
    put(A, "a", "durable");
    put(A, "b", "durable");
    put(A, "c", "durable");
    put(A, "d", "durable");
    store.update(
        A,
        Durability.RELAXED,
        txn -> {
          txn.delete(bytes("b"));
          return putIn(txn, "c", "waiting") && putIn(txn, "e", "waiting");
        });
    List<List<String>> seen = new ArrayList<>();
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          txn.delete(bytes("d"));
          putIn(txn, "aa", "own");
          seen.clear();
          seen.add(shown(txn.scan(bytes("a"), bytes("f"), 10, false)));
          seen.add(shown(txn.scan(bytes("a"), bytes("f"), 2, true)));
          seen.add(shown(txn.scan(bytes("a"), bytes("f"), 2, false)));
          return true;
        });
    assertThat(seen.get(0)).containsExactly("a=durable", "aa=own", "c=waiting", "e=waiting");
    assertThat(seen.get(1)).containsExactly("e=waiting", "c=waiting");
    assertThat(seen.get(2)).containsExactly("a=durable", "aa=own");
    assertThat(all(A)).isEqualTo(seen.get(0));
  }

  @Test
  void operationIsKnownOnlyAfterItsCommitAndOnlyInItsPartition() {
    OpId op = OpId.random();
    assertThat(store.committed(A, op)).isFalse();
    store.update(A, op, Durability.SYNCED, txn -> putIn(txn, "k", "v"));
    reopen();
    assertThat(store.committed(A, op)).isTrue();
    assertThat(store.committed(B, op)).isFalse();
  }

  @Test
  void updateThatWritesNothingWaitsForWhatItRead() {
    Commit<Boolean> first = store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "v"));
    Commit<Boolean> second =
        store.update(A, Durability.RELAXED, txn -> txn.get(bytes("k")).isPresent());
    second.awaitDurable();
    assertThat(second.value()).isTrue();
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(get(A, "k")).isEqualTo("v");
  }

  @Test
  void watchHearsOfDurableCommitsOfItsPartitionUntilClosed() throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    AtomicInteger seen = new AtomicInteger();
    try (Store.Watch watch =
        store.watch(
            A,
            () -> {
              seen.set(get(A, "k").equals("v") ? 1 : -1);
              heard.countDown();
            })) {
      assertThat(watch).isNotNull();
      put(B, "k", "v");
      store.update(A, Durability.RELAXED, txn -> putIn(txn, "k", "v"));
      assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(seen).hasValue(1);
  }

  @Test
  void partitionsOfAKindAreListedInOrder() {
    put(new Partition("queue", "1"), "k", "v");
    put(new Partition("account", "c"), "k", "v");
    put(new Partition("account", "b"), "k", "v");
    put(new Partition("account", "bb"), "k", "v");
    assertThat(store.partitions("account", "", 10)).containsExactly("b", "bb", "c");
    assertThat(store.partitions("account", "b", 1)).containsExactly("bb");
    assertThat(store.partitions("acc", "", 10)).isEmpty();
  }

  @Test
  void leaseHasOneOwnerAndItsEpochFencesTheLastOne() {
    Lease first = store.lease("shard", "one", Duration.ofHours(1)).orElseThrow();
    assertThat(store.lease("shard", "two", Duration.ofHours(1))).isEmpty();
    store.update(A, Durability.SYNCED, txn -> putUnder(first, txn, "1"));
    first.close();
    Lease second = store.lease("shard", "two", Duration.ofHours(1)).orElseThrow();
    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(first.renew()).isFalse();
    assertThat(second.renew()).isTrue();
    assertThatThrownBy(() -> store.update(A, Durability.SYNCED, txn -> putUnder(first, txn, "2")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FENCED));
    assertThat(get(A, "k")).isEqualTo("1");
    second.close();
  }

  private static boolean putUnder(Lease lease, Txn txn, String value) {
    lease.check(txn);
    return putIn(txn, "k", value);
  }

  @Test
  void leaseThatRanOutGoesToAnotherAndEpochsGrowOverReopening() {
    Lease first = store.lease("shard", "one", Duration.ZERO).orElseThrow();
    Lease second = store.lease("shard", "two", Duration.ofHours(1)).orElseThrow();
    assertThat(first.renew()).isFalse();
    reopen();
    Lease third = store.lease("shard", "three", Duration.ofHours(1)).orElseThrow();
    assertThat(List.of(first.epoch(), second.epoch(), third.epoch()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void closedStoreSaysSo() {
    store.close();
    assertThatThrownBy(() -> put(A, "k", "v"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
  }
}
