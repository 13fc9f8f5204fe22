package org.thurn.transfer.reports;

import static org.thurn.transfer.reports.ReceivedCodec.PARTITION;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.thurn.authentication.dmarc.Words;
import org.thurn.authentication.dmarc.report.AggregateReport;
import org.thurn.authentication.dmarc.report.AuthResult;
import org.thurn.authentication.dmarc.report.ReadReport;
import org.thurn.authentication.dmarc.report.ReportReason;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportRow;
import org.thurn.store.Durability;
import org.thurn.store.KeptTotal;
import org.thurn.store.RowOctets;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;
import org.thurn.time.UtcDay;

/** What others reported of our domains, kept for ninety days. Safe for many threads. */
public final class ReceivedReports {
  /** How long a report is kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  /** Rows of one report; the largest that real senders write have some thousands. */
  static final int MAX_ROWS = 5_000;

  /** Of the rows of one report, which are one commit. */
  static final int MAX_REPORT_OCTETS = 4 << 20;

  /** Reports that are kept. */
  static final int MAX_REPORTS = 100_000;

  /** Of all that are kept: anybody may send reports. */
  static final long MAX_OCTETS = 1_073_741_824;

  /** Sources of failure reports on one day. */
  static final int MAX_FAILURES = 10_000;

  private static final int MAX_TEXTS = 10;
  private static final int PAGE = 500;

  private final Store store;

  public ReceivedReports(Store store) {
    this.store = store;
  }

  /** What became of a report that came. */
  enum Storing {
    STORED,
    KNOWN,
    NO_ROOM
  }

  /** Of a report, what is kept in its first row. */
  static ReceivedReport summary(ReadReport read, String reporter, Instant now) {
    AggregateReport report = read.report();
    return new ReceivedReport(
        Words.of(report.metadata().organization()),
        Words.of(report.metadata().email()),
        Words.of(report.metadata().reportId()),
        report.policy().domain(),
        report.policy().policy(),
        report.metadata().begin(),
        report.metadata().end(),
        now,
        reporter,
        report.messages(),
        0,
        0,
        read.deviations().stream().map(Words::of).limit(MAX_TEXTS).toList());
  }

  /** Stores a report, durable when this returns, unless it is here already. */
  Storing add(ReceivedReport summary, List<ReportRecord> records) {
    Map<ReportRow, Long> counts = new LinkedHashMap<>();
    records.forEach(r -> counts.merge(kept(r.row()), r.count(), ReceivedReports::sum));
    List<byte[]> rows = new ArrayList<>();
    long octets = 0;
    long omitted = 0;
    for (Map.Entry<ReportRow, Long> count : counts.entrySet()) {
      byte[] row = CountedCodec.of(new ReportRecord(count.getKey(), count.getValue()));
      if (rows.size() < MAX_ROWS && octets + row.length <= MAX_REPORT_OCTETS) {
        rows.add(row);
        octets += row.length;
      } else {
        omitted = sum(omitted, count.getValue());
      }
    }
    ReceivedReport report = summary.keeping(rows.size(), omitted);
    long all = octets;
    return store.update(PARTITION, Durability.SYNCED, txn -> add(txn, report, rows, all)).value();
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static Storing add(Txn txn, ReceivedReport report, List<byte[]> rows, long octets) {
    byte[] known =
        ReceivedCodec.known(
            ReceivedCodec.digest(report.organization(), report.id(), report.domain()));
    if (txn.get(known).isPresent()) {
      return Storing.KNOWN;
    }
    KeptTotal total = KeptTotal.in(txn, ReceivedCodec.TOTAL);
    if (total.items() >= MAX_REPORTS || total.octets() + octets > MAX_OCTETS) {
      return Storing.NO_ROOM;
    }
    txn.put(ReceivedCodec.TOTAL, total.plus(1, octets).row());
    txn.put(known, ReceivedCodec.key('m', report));
    txn.put(ReceivedCodec.key('m', report), ReceivedCodec.of(report));
    for (int i = 0; i < rows.size(); i++) {
      txn.put(ReceivedCodec.row(report, i), rows.get(i));
    }
    return Storing.STORED;
  }

  /** Short texts and few results: what a stranger wrote must stay small. */
  private static ReportRow kept(ReportRow row) {
    return new ReportRow(
        Words.of(row.source()),
        row.disposition(),
        row.dkimAligned(),
        row.spfAligned(),
        row.reasons().stream()
            .limit(MAX_TEXTS)
            .map(reason -> new ReportReason(reason.type(), Words.of(reason.comment())))
            .toList(),
        Words.of(row.headerFrom()),
        row.envelopeFrom().map(Words::of),
        row.envelopeTo().map(Words::of),
        row.dkim().stream()
            .limit(MAX_TEXTS)
            .map(
                d ->
                    new AuthResult.Dkim(Words.of(d.domain()), Words.of(d.selector()), d.code(), ""))
            .toList(),
        row.spf().stream()
            .limit(MAX_TEXTS)
            .map(s -> new AuthResult.Spf(Words.of(s.domain()), Words.of(s.scope()), s.code(), ""))
            .toList());
  }

  /** One more failure report from a source. */
  void failed(long day, String domain, String source, long incidents) {
    byte[] key = ReceivedCodec.failures(day, domain, source);
    store.update(
        PARTITION,
        Durability.RELAXED,
        txn -> {
          Optional<Long> before = txn.get(key).map(ReceivedCodec::count);
          byte[] from = DailyCodec.key('f', day);
          byte[] to = DailyCodec.key('f', day + 1);
          boolean room =
              before.isPresent() || txn.scan(from, to, MAX_FAILURES, false).size() < MAX_FAILURES;
          if (room) {
            txn.put(key, ReceivedCodec.count(sum(before.orElse(0L), incidents)));
          }
          return room;
        });
  }

  /** The reports whose period ends after {@code since}, by domain and beginning. */
  public List<ReceivedReport> reports(Optional<String> domain, Instant since) {
    List<ReceivedReport> all = new ArrayList<>();
    byte[] from = domain.map(d -> ReceivedCodec.prefix('m', d)).orElse(new byte[] {'m'});
    try (Snapshot rows = store.read(PARTITION)) {
      new RowWalk(rows, from, RowOctets.after(from), PAGE)
          .forEachRemaining(
              pair -> {
                ReceivedReport report = ReceivedCodec.report(pair.value());
                if (report.end().isAfter(since)) {
                  all.add(report);
                }
              });
    }
    return all;
  }

  /** The rows of a report. */
  public void records(ReceivedReport report, BiConsumer<ReceivedReport, ReportRecord> to) {
    byte[] from = ReceivedCodec.key('r', report);
    try (Snapshot rows = store.read(PARTITION)) {
      new RowWalk(rows, from, RowOctets.after(from), PAGE)
          .forEachRemaining(pair -> to.accept(report, CountedCodec.record(pair.value())));
    }
  }

  /** Failure reports of one source on one day. */
  public record Failures(String domain, String source, long day, long count) {}

  /** The failure reports since a day, counted. */
  public List<Failures> failures(Optional<String> domain, long since) {
    List<Failures> all = new ArrayList<>();
    try (Snapshot rows = store.read(PARTITION)) {
      new RowWalk(rows, DailyCodec.key('f', since), new byte[] {'f' + 1}, PAGE)
          .forEachRemaining(
              pair -> {
                Failures one = failures(pair);
                if (domain.isEmpty() || domain.get().equals(one.domain())) {
                  all.add(one);
                }
              });
    }
    return all;
  }

  static Failures failures(Pair pair) {
    byte[] key = pair.key();
    String rest = new String(key, 5, key.length - 5, StandardCharsets.ISO_8859_1);
    int end = rest.indexOf('\0');
    return new Failures(
        rest.substring(0, end),
        rest.substring(end + 1),
        ByteBuffer.wrap(key).getInt(1),
        ReceivedCodec.count(pair.value()));
  }

  /** Forgets what came before. */
  public void purge(Instant before) {
    for (ReceivedReport report : reports(Optional.empty(), Instant.EPOCH)) {
      if (report.at().isBefore(before)) {
        store.update(PARTITION, Durability.RELAXED, txn -> remove(txn, report));
      }
    }
    long day = UtcDay.of(before);
    store.update(
        PARTITION,
        Durability.RELAXED,
        txn -> {
          List<Pair> old =
              txn.scan(DailyCodec.key('f', 0), DailyCodec.key('f', day), MAX_FAILURES, false);
          old.forEach(pair -> txn.delete(pair.key()));
          return old.size();
        });
  }

  private static boolean remove(Txn txn, ReceivedReport report) {
    byte[] key = ReceivedCodec.key('m', report);
    if (txn.get(key).isEmpty()) {
      return false;
    }
    byte[] from = ReceivedCodec.key('r', report);
    long octets = 0;
    for (Pair pair : txn.scan(from, RowOctets.after(from), MAX_ROWS, false)) {
      octets += pair.value().length;
      txn.delete(pair.key());
    }
    txn.delete(key);
    txn.delete(
        ReceivedCodec.known(
            ReceivedCodec.digest(report.organization(), report.id(), report.domain())));
    KeptTotal total = KeptTotal.in(txn, ReceivedCodec.TOTAL);
    txn.put(ReceivedCodec.TOTAL, total.plus(-1, -octets).row());
    return true;
  }
}
