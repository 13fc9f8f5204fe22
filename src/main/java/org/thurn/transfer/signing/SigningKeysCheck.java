package org.thurn.transfer.signing;

import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.StoreView;

/** Checks the rows of keys: each can be read, and is of the algorithm that it says. */
public final class SigningKeysCheck implements RoomCheck {
  @Override
  public String kind() {
    return KeyRows.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    PartitionReport report = new PartitionReport(partition, to);
    if (!isDomain(partition.id())) {
      report.unreadable("*", "the partition's name is no domain");
      return;
    }
    Snapshot rows = view.read(partition);
    report.onlyKinds(rows, "k");
    report.each(rows, 'k', pair -> row(pair, report));
  }

  private static boolean isDomain(String id) {
    try {
      return Domain.parse(id).ascii().equals(id);
    } catch (NameSyntaxException e) {
      return false;
    }
  }

  private static void row(Snapshot.Pair pair, PartitionReport report) {
    String key = Finding.shown(pair.key());
    report
        .read(key, () -> KeyRows.read(pair.value()))
        .ifPresent(
            kept -> {
              if (!KeyRows.selector(pair.key()).equals(kept.selector())) {
                report.differs(key, "the row is that of " + kept.selector());
              }
              if (kept.key().filter(k -> k.algorithm() != kept.state().algorithm()).isPresent()) {
                report.differs(key, "its key is not of " + kept.state().algorithm().word());
              }
            });
  }
}
