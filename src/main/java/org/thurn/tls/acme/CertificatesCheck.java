package org.thurn.tls.acme;

import java.util.Arrays;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.StoreView;
import org.thurn.tls.CertifiedKey;

/** Checks the rows of certificates: each can be read, its keys fit and its names are its own. */
public final class CertificatesCheck implements RoomCheck {
  @Override
  public String kind() {
    return CertificateRows.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    PartitionReport report = new PartitionReport(partition, to);
    Snapshot rows = view.read(partition);
    report.onlyKinds(rows, "ac");
    report.each(
        rows,
        'a',
        pair ->
            report.read(
                Finding.shown(pair.key()), () -> CertificateRows.readAccount(pair.value())));
    report.each(rows, 'c', pair -> row(pair, report));
  }

  private static void row(Snapshot.Pair pair, PartitionReport report) {
    String key = Finding.shown(pair.key());
    report
        .read(key, () -> CertificateRows.read(pair.value()))
        .ifPresent(
            held -> {
              if (!Arrays.equals(pair.key(), CertificateRows.key(held.name()))) {
                report.differs(key, "the row is that of " + held.name());
              }
              if (held.shown().filter(chain -> !isFor(chain, held)).isPresent()) {
                report.differs(key, "its certificate is not for " + held.name());
              }
            });
  }

  private static boolean isFor(CertifiedKey chain, HeldCertificate held) {
    return chain.names().contains(held.name().ascii());
  }
}
