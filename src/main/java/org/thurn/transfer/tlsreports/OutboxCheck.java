package org.thurn.transfer.tlsreports;

import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the reports that wait to be posted: each has what it posts, and is counted. */
public final class OutboxCheck implements RoomCheck {
  @Override
  public String kind() {
    return Outbox.KIND;
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
      report.onlyKinds(rows, "bot");
      report.each(rows, 'b', this::body);
      report.each(rows, 'o', this::post);
      report.total(rows, Outbox.TOTAL, "posts", counted);
    }

    private static byte[] other(Pair pair, char kind) {
      byte[] key = pair.key().clone();
      key[0] = (byte) kind;
      return key;
    }

    private void body(Pair pair) {
      counted = counted.plus(0, pair.value().length);
      if (rows.get(other(pair, 'o')).isEmpty()) {
        report.stray(Finding.shown(pair.key()), "nothing posts it");
      }
    }

    private void post(Pair pair) {
      counted = counted.plus(1, 0);
      report.read(Finding.shown(pair.key()), () -> Outbox.post(pair.value()));
      if (rows.get(other(pair, 'b')).isEmpty()) {
        report.missing(Finding.shown(pair.key()), "what it posts is not there");
      }
    }
  }
}
