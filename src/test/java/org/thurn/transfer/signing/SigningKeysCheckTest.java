package org.thurn.transfer.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.name.Domain;
import org.thurn.store.Partition;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

class SigningKeysCheckTest {
  private static final Domain DOMAIN = Domain.of("own.example");
  private static final Partition ROWS = KeyRows.partition(DOMAIN);
  private static final byte[] ROW = KeyRows.key("one");

  @TempDir Path folder;
  private final RocksBudget budget = RocksBudget.small();
  private RocksStore store;

  @BeforeEach
  void open() {
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
    DkimKey key = DkimKey.generate(Algorithm.ED25519_SHA256);
    new SigningKeys(store, Cryptography.platform(), Time.system())
        .put(DOMAIN, DomainKey.fresh("one", key, Time.system().now()));
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private List<String> findings() {
    return StoreChecks.brief(StoreChecks.findings(store, new SigningKeysCheck()));
  }

  @Test
  void goodRowsAreGood() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRowThatEndsTooEarlyIsFound() {
    StoreChecks.damage(
        store, ROWS, StoreChecks.changed(ROW, row -> Arrays.copyOf(row, row.length - 1)));
    assertThat(findings()).containsExactly("UNREADABLE k/one");
  }

  @Test
  void aRowUnderAnotherNameIsFound() {
    StoreChecks.damage(store, ROWS, txn -> txn.put(KeyRows.key("two"), txn.get(ROW).orElseThrow()));
    assertThat(findings()).containsExactly("DIFFERS k/two");
  }

  @Test
  void aRowOfNoKindIsFound() {
    StoreChecks.damage(store, ROWS, txn -> txn.put(new byte[] {'x'}, new byte[] {1}));
    assertThat(findings()).hasSize(1).first().asString().startsWith("STRAY");
  }
}
