package org.thurn.tls.acme;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.store.Durability;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;

/** Keeps keys and certificates in the store. What is put is durable when the call returns. */
public final class CertificateStore {
  private final Store store;

  public CertificateStore(Store store) {
    this.store = store;
  }

  Optional<HeldCertificate> of(Domain name) {
    return row(CertificateRows.key(name)).map(CertificateRows::read);
  }

  void put(HeldCertificate held) {
    put(CertificateRows.key(held.name()), CertificateRows.write(held));
  }

  /** The key of the account with an authority, made at the first call. */
  MadeKey account(URI directory, Instant now) {
    byte[] key = CertificateRows.accountKey(directory);
    return row(key)
        .map(CertificateRows::readAccount)
        .orElseGet(
            () -> {
              MadeKey made = MadeKey.fresh(now);
              put(key, CertificateRows.writeAccount(made));
              return made;
            });
  }

  private Optional<byte[]> row(byte[] key) {
    try (Snapshot snapshot = store.read(CertificateRows.PARTITION)) {
      return snapshot.get(key);
    }
  }

  private void put(byte[] key, byte[] row) {
    store.update(
        CertificateRows.PARTITION,
        Durability.SYNCED,
        txn -> {
          txn.put(key, row);
          return key;
        });
  }
}
