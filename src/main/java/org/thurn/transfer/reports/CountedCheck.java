package org.thurn.transfer.reports;

import static org.thurn.transfer.reports.CountedCodec.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks what was counted for reports: every row has its domain and policy, and is counted. */
public final class CountedCheck implements RoomCheck {
  private static final int PAGE = 500;

  @Override
  public String kind() {
    return CountedCodec.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new Check(view.read(partition), new PartitionReport(partition, to)).run();
  }

  /** One partition. */
  private record Check(Snapshot rows, PartitionReport report) {
    void run() {
      report.onlyKinds(rows, "dprst");
      report.each(rows, 'd', this::domain);
      report.each(rows, 'p', this::policy);
      report.each(rows, 'r', this::row);
      report.each(
          rows,
          's',
          pair -> report.read(Finding.shown(pair.key()), () -> CountedCodec.sent(pair.value())));
      report.each(
          rows,
          't',
          pair -> report.read(Finding.shown(pair.key()), () -> CountedCodec.total(pair.value())));
    }

    private void domain(Pair pair) {
      String key = Finding.shown(pair.key());
      report
          .read(key, () -> CountedCodec.domain(pair.value()))
          .ifPresent(
              domain -> {
                byte[] from = Arrays.copyOf(pair.key(), pair.key().length + 1);
                from[0] = 'r';
                long found = 0;
                for (RowWalk walk = new RowWalk(rows, from, Octets.after(from), PAGE);
                    walk.hasNext();
                    walk.next()) {
                  found++;
                }
                report.count(key, "rows", domain.rows(), found);
              });
    }

    /** The domain's row that a key of a policy or row belongs to. */
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

    private void policy(Pair pair) {
      String key = Finding.shown(pair.key());
      belongs(pair);
      report
          .read(key, () -> CountedCodec.subject(pair.value()))
          .ifPresent(
              subject -> {
                String domain = subject.policy().domain();
                byte[] own = key('p', 0, domain, new byte[0]);
                boolean same =
                    new String(pair.key(), 5, pair.key().length - 5, StandardCharsets.ISO_8859_1)
                        .startsWith(
                            new String(own, 5, own.length - 5, StandardCharsets.ISO_8859_1));
                if (!same) {
                  report.differs(key, "it is the policy of another domain");
                }
              });
    }

    private void row(Pair pair) {
      String key = Finding.shown(pair.key());
      report.read(key, () -> CountedCodec.record(pair.value()));
      byte[] policy = Arrays.copyOf(pair.key(), Math.max(1, pair.key().length - CountedCodec.ROW));
      policy[0] = 'p';
      Optional<byte[]> subject = rows.get(policy);
      if (subject.isEmpty()) {
        report.missing(key, "its policy is not there");
      }
    }
  }
}
