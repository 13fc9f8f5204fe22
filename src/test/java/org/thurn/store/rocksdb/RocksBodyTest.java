package org.thurn.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thurn.store.BodyContract;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;
import org.thurn.time.Time;

class RocksBodyTest extends BodyContract {
  private static RocksBudget budget;

  @BeforeAll
  static void makeBudget() {
    budget = RocksBudget.small();
  }

  @AfterAll
  static void closeBudget() {
    budget.close();
  }

  @Override
  protected Store open() {
    return RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system());
  }

  @Override
  protected void collect() {
    ((RocksStore) store).collect();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("bodies"))) {
      return files.count();
    }
  }

  @Test
  void largeBodiesAreFilesAndGoWithTheirBody() throws IOException {
    attach(octets(5000), "h");
    assertThat(files()).isZero();
    BodyId id = attach(octets(LARGE), "h");
    assertThat(files()).isOne();
    release(A, id, "h");
    collect();
    assertThat(files()).isZero();
  }

  @Test
  void fileThatACrashLeftIsCollected() throws IOException {
    Files.write(directory.resolve("bodies").resolve("0".repeat(32)), octets(10));
    collect();
    assertThat(files()).isZero();
  }

  @Test
  void unfinishedStagingLeavesNothing() throws IOException {
    try (Staging staging = store.stage(Long.MAX_VALUE)) {
      staging.write(octets(LARGE));
    }
    try (Stream<Path> files = Files.list(directory.resolve("incoming"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void bodiesPastTheMemoryBudgetAreFiles() throws IOException {
    store.close();
    RocksStoreSettings tight = new RocksStoreSettings(directory, 0, 6000, 2);
    store = RocksStore.open(tight, budget, Time.system());
    try (Staged first = stage(octets(5000));
        Staged second = stage(octets(5001))) {
      assertThat(files()).isOne();
      assertThat(read(first, 0, 5000)).isEqualTo(octets(5000));
      assertThat(read(second, 0, 5001)).isEqualTo(octets(5001));
    }
    try (Staged third = stage(octets(5002))) {
      assertThat(files()).isZero();
      assertThat(third.size()).isEqualTo(5002);
    }
  }

  @Test
  void reserveOfTheDiskRefusesBodiesAndNothingElse() throws IOException {
    BodyId id = attach(octets(5000), "h");
    store.close();
    RocksStoreSettings full = new RocksStoreSettings(directory, Long.MAX_VALUE, 1 << 20, 2);
    store = RocksStore.open(full, budget, Time.system());
    assertThatThrownBy(() -> store.stage(10))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
    release(A, id, "h");
    collect();
    assertThat(store.body(id)).isEmpty();
  }

  @Test
  void aBodyThatIsOwedMayUseTheReserve() throws IOException {
    store.close();
    RocksStoreSettings full = new RocksStoreSettings(directory, Long.MAX_VALUE, 1 << 20, 2);
    store = RocksStore.open(full, budget, Time.system());
    for (int size : new int[] {10, 2 << 20}) {
      try (Staging staging = store.stageOwed(size)) {
        staging.write(octets(size));
        try (Staged owed = staging.finish()) {
          store.update(A, Durability.SYNCED, txn -> attachIn(txn, owed, "h"));
          assertThat(store.body(owed.id())).isPresent();
        }
      }
    }
  }
}
