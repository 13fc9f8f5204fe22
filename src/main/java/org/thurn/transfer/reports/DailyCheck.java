package org.thurn.transfer.reports;

import static org.thurn.transfer.reports.DailyCodec.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.RowOctets;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/**
 * Checks what was counted for reports: every row has its domain and subject, and is counted.
 *
 * @param kind of the partition
 * @param domain reads a subject, and says whose it is
 * @param row reads a row; fails if it is none
 */
public record DailyCheck(
    String kind, Function<byte[], String> domain, Consumer<DailyCounts.Row> row)
    implements RoomCheck {
  private static final int PAGE = 500;

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new Check(this, view.read(partition), new PartitionReport(partition, to)).run();
  }

  /** One partition. */
  private record Check(DailyCheck reading, Snapshot rows, PartitionReport report) {
    void run() {
      report.onlyKinds(rows, "dprst");
      report.each(rows, 'd', this::domain);
      report.each(rows, 'p', this::subject);
      report.each(rows, 'r', this::row);
      report.each(
          rows,
          's',
          pair -> report.read(Finding.shown(pair.key()), () -> SentReport.of(pair.value())));
      report.each(
          rows,
          't',
          pair -> report.read(Finding.shown(pair.key()), () -> DailyCodec.total(pair.value())));
    }

    private void domain(Pair pair) {
      String key = Finding.shown(pair.key());
      report
          .read(key, () -> DailyCodec.domain(pair.value()))
          .ifPresent(
              domain -> {
                byte[] from = Arrays.copyOf(pair.key(), pair.key().length + 1);
                from[0] = 'r';
                long found = 0;
                for (RowWalk walk = new RowWalk(rows, from, RowOctets.after(from), PAGE);
                    walk.hasNext();
                    walk.next()) {
                  found++;
                }
                report.count(key, "rows", domain.rows(), found);
              });
    }

    /** The domain's row that a key of a subject or row belongs to. */
    private void belongs(Pair pair) {
      byte[] domain = pair.key().clone();
      domain[0] = 'd';
      int end = 5;
      while (end < domain.length && domain[end] != 0) {
        end++;
      }
      if (rows.get(Arrays.copyOf(domain, end)).isEmpty()) {
        report.stray(Finding.shown(pair.key()), "its domain is not there");
      }
    }

    private void subject(Pair pair) {
      String key = Finding.shown(pair.key());
      belongs(pair);
      report
          .read(key, () -> reading.domain().apply(pair.value()))
          .ifPresent(
              domain -> {
                byte[] own = key('p', 0, domain, new byte[0]);
                boolean same =
                    new String(pair.key(), 5, pair.key().length - 5, StandardCharsets.ISO_8859_1)
                        .startsWith(
                            new String(own, 5, own.length - 5, StandardCharsets.ISO_8859_1));
                if (!same) {
                  report.differs(key, "it is of another domain");
                }
              });
    }

    private void row(Pair pair) {
      String key = Finding.shown(pair.key());
      report.read(
          key,
          () -> {
            DailyCounts.Row one = DailyCodec.record(pair.value());
            reading.row().accept(one);
            return one;
          });
      byte[] policy = Arrays.copyOf(pair.key(), Math.max(1, pair.key().length - DailyCodec.ROW));
      policy[0] = 'p';
      Optional<byte[]> subject = rows.get(policy);
      if (subject.isEmpty()) {
        report.missing(key, "what it is about is not there");
      }
    }
  }
}
