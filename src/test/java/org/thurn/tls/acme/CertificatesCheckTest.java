package org.thurn.tls.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.Domain;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;

class CertificatesCheckTest {
  private static final Domain HOST = Domain.of("mx.own.example");
  private static final URI DIRECTORY = URI.create("https://authority.example/dir");

  @TempDir Path folder;
  private final RocksBudget budget = RocksBudget.small();
  private RocksStore store;

  @BeforeEach
  void open() throws Exception {
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
    CertificateStore certificates = new CertificateStore(store);
    certificates.account(DIRECTORY, Instant.EPOCH);
    HeldCertificate held = HeldCertificate.fresh(HOST, Time.system().now());
    TestAuthority authority = new TestAuthority(Time.system());
    CertifiedKey issued =
        CertifiedKey.of(
            authority.issue(HOST, held.key().pair(), java.util.Optional.empty()),
            held.key().pair().getPrivate());
    certificates.put(held.switched(issued));
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private List<String> findings() {
    return StoreChecks.brief(StoreChecks.findings(store, new CertificatesCheck()));
  }

  private void cut(byte[] key) {
    StoreChecks.damage(
        store,
        CertificateRows.PARTITION,
        StoreChecks.changed(key, row -> Arrays.copyOf(row, row.length - 1)));
  }

  @Test
  void goodRowsAreGood() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRowThatEndsTooEarlyIsFound() {
    cut(CertificateRows.key(HOST));
    assertThat(findings()).containsExactly("UNREADABLE c/mx.own.example");
  }

  @Test
  void anAccountThatEndsTooEarlyIsFound() {
    cut(CertificateRows.accountKey(DIRECTORY));
    assertThat(findings()).containsExactly("UNREADABLE a/" + DIRECTORY);
  }
}
