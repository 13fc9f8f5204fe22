package org.thurn.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.time.Time;

/** A store's copy, and what happens to the store meanwhile. */
class RocksBackupTest {
  private static final Partition A = new Partition("box", "a");
  private static final byte[] KEY = {1};
  private static final int LARGE = (1 << 20) + 1;

  @TempDir Path folder;
  private RocksBudget budget;
  private RocksStore store;
  private BodyId large;

  @BeforeEach
  void open() throws Exception {
    budget = RocksBudget.small();
    store = RocksStore.open(settings("store"), budget, Time.system());
    large = kept(LARGE);
    kept(10_000);
    put(1);
  }

  private RocksStoreSettings settings(String name) {
    return RocksStoreSettings.of(folder.resolve(name));
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private BodyId kept(int octets) throws IOException {
    try (Staging staging = store.stage(octets)) {
      staging.write("x".repeat(octets).getBytes(UTF_8));
      try (Staged staged = staging.finish()) {
        store.update(
            A,
            Durability.SYNCED,
            txn -> {
              txn.attach(staged, "box:1");
              return true;
            });
        return staged.id();
      }
    }
  }

  private void put(int value) {
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          txn.put(KEY, new byte[] {(byte) value});
          return true;
        });
  }

  private void release() {
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          txn.release(large, "box:1");
          return true;
        });
  }

  private void copyHasItAll(Path copy) throws IOException {
    try (RocksStore restored =
        RocksStore.open(RocksStoreSettings.of(copy), budget, Time.system())) {
      try (Snapshot rows = restored.read(A)) {
        assertThat(rows.get(KEY)).contains(new byte[] {1});
      }
      assertThat(restored.collect()).isZero();
      try (InputStream in = restored.body(large).orElseThrow().open()) {
        assertThat(in.readAllBytes()).hasSize(LARGE);
      }
    }
  }

  @Test
  void aCopyKeepsWhatTheStoreChangesAfterItAndWhileItIsMade() throws Exception {
    Path copy = folder.resolve("copy");
    AtomicInteger files = new AtomicInteger();
    store.backup(
        copy,
        octets -> {
          if (files.getAndIncrement() == 0) {
            put(2);
            release();
            assertThat(store.collect()).isEqualTo(1);
          }
        });
    assertThat(files).hasPositiveValue();
    assertThat(store.body(large)).isEmpty();
    put(3);
    copyHasItAll(copy);
    try (Snapshot rows = store.read(A)) {
      assertThat(rows.get(KEY)).contains(new byte[] {3});
    }
  }

  @Test
  void onAnotherFileSystemItIsCopied() throws Exception {
    Path other = Path.of("/dev/shm");
    assumeThat(other).isWritable();
    assumeThat(Files.getFileStore(other)).isNotEqualTo(Files.getFileStore(folder));
    Path there = Files.createTempDirectory(other, "thurn-test-");
    try {
      store.backup(there.resolve("copy"), octets -> {});
      copyHasItAll(there.resolve("copy"));
    } finally {
      FileTree.remove(there);
    }
  }

  @Test
  void oneThatFailsLeavesNoLinksAndTheNextOneGoesThrough() throws Exception {
    List<Path> before = files();
    assertThatThrownBy(
            () ->
                store.backup(
                    folder.resolve("copy"),
                    octets -> {
                      throw new UncheckedIOException(new FileAlreadyExistsException("nobody"));
                    }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(files()).isEqualTo(before);
    store.backup(folder.resolve("second"), octets -> {});
    copyHasItAll(folder.resolve("second"));
  }

  @Test
  void linksThatAKilledProcessLeftAreDropped() throws Exception {
    store.close();
    Path left = Files.createDirectories(folder.resolve("store/backup-7/rows"));
    Files.createFile(left.resolve("000007.sst"));
    store = RocksStore.open(settings("store"), budget, Time.system());
    assertThat(left.getParent()).doesNotExist();
  }

  private List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.list(folder.resolve("store"))) {
      files.sorted().forEach(found::add);
    }
    return found;
  }
}
