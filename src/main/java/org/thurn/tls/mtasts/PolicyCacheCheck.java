package org.thurn.tls.mtasts;

import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the kept policies: each can be read, has its day of use, and is counted. */
public final class PolicyCacheCheck implements RoomCheck {
  @Override
  public String kind() {
    return PolicyRows.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new Check(view.read(partition), new PartitionReport(partition, to)).run();
  }

  /** One partition. */
  private static final class Check {
    private final Snapshot rows;
    private final PartitionReport report;
    private KeptTotal counted = KeptTotal.NONE;

    Check(Snapshot rows, PartitionReport report) {
      this.rows = rows;
      this.report = report;
    }

    void run() {
      report.onlyKinds(rows, "ptu");
      report.each(rows, 'p', this::policy);
      report.each(rows, 'u', this::used);
      report.total(rows, PolicyRows.TOTAL, "policies", counted);
    }

    private void policy(Pair pair) {
      String key = Finding.shown(pair.key());
      counted = counted.plus(1, pair.value().length);
      String name = PolicyRows.domain(pair.key());
      if (!isDomain(name)) {
        report.unreadable(key, "its name is no domain");
        return;
      }
      report
          .read(key, () -> PolicyRows.kept(pair.value()))
          .map(kept -> PolicyRows.usedKey(kept.used(), Domain.of(name)))
          .filter(used -> rows.get(used).isEmpty())
          .ifPresent(used -> report.missing(Finding.shown(used), "the day of a policy's use"));
    }

    private void used(Pair pair) {
      byte[] key = pair.key();
      boolean belongs =
          key.length > PolicyRows.DAY_END
              && isDomain(PolicyRows.usedDomain(key))
              && rows.get(PolicyRows.policyKey(Domain.of(PolicyRows.usedDomain(key))))
                  .filter(row -> PolicyRows.isUsedOn(row, PolicyRows.usedDay(key)))
                  .isPresent();
      if (!belongs) {
        report.stray(Finding.shown(key), "no policy was used then");
      }
    }

    private static boolean isDomain(String name) {
      try {
        return Domain.parse(name).ascii().equals(name);
      } catch (NameSyntaxException e) {
        return false;
      }
    }
  }
}
