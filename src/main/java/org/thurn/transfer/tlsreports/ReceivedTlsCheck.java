package org.thurn.transfer.tlsreports;

import java.util.Arrays;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the TLS reports that came: each can be read, and is named and counted once. */
public final class ReceivedTlsCheck implements RoomCheck {
  @Override
  public String kind() {
    return ReceivedTlsReports.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new Check(view.read(partition), new PartitionReport(partition, to)).run();
  }

  /** One partition, and what is counted while it is walked. */
  private static final class Check {
    private final Snapshot rows;
    private final PartitionReport report;
    private KeptTotal counted = KeptTotal.NONE;

    Check(Snapshot rows, PartitionReport report) {
      this.rows = rows;
      this.report = report;
    }

    void run() {
      report.onlyKinds(rows, "hmt");
      report.each(rows, 'h', this::named);
      report.each(rows, 'm', this::report);
      report.total(rows, ReceivedTlsReports.TOTAL, "reports", counted);
    }

    private void named(Pair pair) {
      if (rows.get(pair.value()).isEmpty()) {
        report.missing(Finding.shown(pair.key()), "the report that it names is not there");
      }
    }

    private void report(Pair pair) {
      String key = Finding.shown(pair.key());
      counted = counted.plus(1, pair.value().length);
      report
          .read(key, () -> ReceivedTlsReports.report(pair.value()))
          .ifPresent(
              one -> {
                if (rows.get(ReceivedTlsReports.known(one)).isEmpty()) {
                  report.missing(key, "nothing names it");
                }
                if (!Arrays.equals(ReceivedTlsReports.key(one), pair.key())) {
                  report.differs(key, "it is another report");
                }
              });
    }
  }
}
