package org.thurn.transfer.reports;

import java.util.Arrays;
import java.util.Optional;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.RowOctets;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the reports that came: each is named once, and has the rows that it says. */
public final class ReceivedCheck implements RoomCheck {
  @Override
  public String kind() {
    return ReceivedCodec.KIND;
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
      report.onlyKinds(rows, "fhmrt");
      report.each(
          rows,
          'f',
          pair -> report.read(Finding.shown(pair.key()), () -> ReceivedReports.failures(pair)));
      report.each(rows, 'h', this::named);
      report.each(rows, 'm', this::report);
      report.each(rows, 'r', this::row);
      report.total(rows, ReceivedCodec.TOTAL, "reports", counted);
    }

    private void named(Pair pair) {
      if (rows.get(pair.value()).isEmpty()) {
        report.missing(Finding.shown(pair.key()), "the report that it names is not there");
      }
    }

    private void report(Pair pair) {
      String key = Finding.shown(pair.key());
      counted = counted.plus(1, 0);
      report
          .read(key, () -> ReceivedCodec.report(pair.value()))
          .ifPresent(
              one -> {
                byte[] digest = ReceivedCodec.digest(one.organization(), one.id(), one.domain());
                if (rows.get(ReceivedCodec.known(digest)).isEmpty()) {
                  report.missing(key, "nothing names it");
                }
                if (!Arrays.equals(ReceivedCodec.key('m', one), pair.key())) {
                  report.differs(key, "it is another report");
                }
                byte[] from = ReceivedCodec.key('r', one);
                long found =
                    rows.scan(from, RowOctets.after(from), ReceivedReports.MAX_ROWS + 1).size();
                report.count(key, "rows", one.rows(), found);
              });
    }

    private void row(Pair pair) {
      String key = Finding.shown(pair.key());
      counted = counted.plus(0, pair.value().length);
      report.read(key, () -> CountedCodec.record(pair.value()));
      byte[] owner = Arrays.copyOf(pair.key(), Math.max(1, pair.key().length - Integer.BYTES));
      owner[0] = 'm';
      Optional<byte[]> found = rows.get(owner);
      if (found.isEmpty()) {
        report.stray(key, "its report is not there");
      }
    }
  }
}
