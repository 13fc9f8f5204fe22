package org.thurn.transfer.tlsreports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.store.Durability;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReportReader;
import org.thurn.tls.tlsrpt.TlsReportWriter;

/**
 * What others reported of TLS to our domains, kept for ninety days. Safe for many threads. The rows
 * are {@code h}, which names a report by the digest of who reported what, {@code m}, the report,
 * and {@code t}, the total.
 */
public final class ReceivedTlsReports {
  /** How long a report is kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  static final String KIND = "tls-received";
  static final Partition PARTITION = new Partition(KIND, "all");
  static final byte[] TOTAL = {'t'};

  /** Reports that are kept: of a thousand domains, what twenty senders tell in ninety days. */
  static final int MAX_REPORTS = 200_000;

  /** Octets of all that are kept, packed. */
  static final long MAX_OCTETS = 256 << 20;

  /** Octets of one, packed. */
  static final int MAX_REPORT_OCTETS = 128 << 10;

  private static final int DIGEST = 16;
  private static final int PAGE = 500;

  private final Store store;

  public ReceivedTlsReports(Store store) {
    this.store = store;
  }

  /** What became of a report that came. */
  enum Storing {
    STORED,
    KNOWN,
    NO_ROOM
  }

  private static byte[] digest(ReceivedTlsReport one) {
    String whole = one.report().organization() + "\0" + one.report().id() + "\0" + one.domain();
    return RowOctets.digest(whole.getBytes(StandardCharsets.UTF_8), DIGEST);
  }

  static byte[] known(ReceivedTlsReport one) {
    return RowOctets.key(
        out -> {
          out.writeByte('h');
          out.write(digest(one));
        });
  }

  private static byte[] prefix(String domain) {
    return RowOctets.key(
        out -> {
          out.writeByte('m');
          out.writeBytes(domain);
          out.writeByte(0);
        });
  }

  static byte[] key(ReceivedTlsReport one) {
    return RowOctets.key(
        out -> {
          out.write(prefix(one.domain()));
          out.writeLong(one.report().start().getEpochSecond());
          out.write(digest(one));
        });
  }

  private static byte[] of(ReceivedTlsReport one) {
    return RowOctets.value(
        out -> {
          out.writeUTF(one.domain());
          out.writeLong(one.at().getEpochSecond());
          out.writeUTF(one.reporter());
          out.writeInt(one.omitted());
          out.write(ReportGzip.pack(TlsReportWriter.write(one.report())));
        });
  }

  static ReceivedTlsReport report(byte[] row) {
    return RowOctets.read(
        row,
        in -> {
          String domain = in.readUTF();
          Instant at = Instant.ofEpochSecond(in.readLong());
          String reporter = in.readUTF();
          int omitted = in.readInt();
          byte[] json = ReportGzip.unpack(in.readAllBytes());
          return new ReceivedTlsReport(domain, at, reporter, TlsReportReader.read(json), omitted);
        });
  }

  /** When a report came; what it says stays packed. */
  private static Instant at(byte[] row) {
    return RowOctets.begin(
        row,
        in -> {
          in.readUTF();
          return Instant.ofEpochSecond(in.readLong());
        });
  }

  /** Stores a report, durable when this returns, unless it is here already. */
  Storing add(ReceivedTlsReport one) {
    byte[] row = of(one);
    if (row.length > MAX_REPORT_OCTETS) {
      return Storing.NO_ROOM;
    }
    return store.update(PARTITION, Durability.SYNCED, txn -> add(txn, one, row)).value();
  }

  private static Storing add(Txn txn, ReceivedTlsReport one, byte[] row) {
    if (txn.get(known(one)).isPresent()) {
      return Storing.KNOWN;
    }
    KeptTotal total = KeptTotal.in(txn, TOTAL);
    if (total.items() >= MAX_REPORTS || total.octets() + row.length > MAX_OCTETS) {
      return Storing.NO_ROOM;
    }
    txn.put(TOTAL, total.plus(1, row.length).row());
    txn.put(known(one), key(one));
    txn.put(key(one), row);
    return Storing.STORED;
  }

  /** Takes one report after the other. */
  @FunctionalInterface
  public interface Reader {
    void take(ReceivedTlsReport report) throws IOException;
  }

  /** The reports whose time ends after {@code since}, by domain and beginning. */
  public void read(Optional<String> domain, Instant since, Reader to) throws IOException {
    byte[] from = domain.map(ReceivedTlsReports::prefix).orElse(new byte[] {'m'});
    try (Snapshot rows = store.read(PARTITION)) {
      RowWalk walk = new RowWalk(rows, from, RowOctets.after(from), PAGE);
      while (walk.hasNext()) {
        ReceivedTlsReport one = report(walk.next().value());
        if (one.report().end().isAfter(since)) {
          to.take(one);
        }
      }
    }
  }

  /** Forgets what came before. */
  public void purge(Instant before) {
    List<byte[]> old = new ArrayList<>();
    byte[] from = {'m'};
    try (Snapshot rows = store.read(PARTITION)) {
      RowWalk walk = new RowWalk(rows, from, RowOctets.after(from), PAGE);
      while (walk.hasNext()) {
        Pair pair = walk.next();
        if (at(pair.value()).isBefore(before)) {
          old.add(pair.key());
        }
      }
    }
    remove(old);
  }

  /** Some in one commit each; a commit holds all that it changes in memory. */
  private void remove(List<byte[]> keys) {
    for (int from = 0; from < keys.size(); from += PAGE) {
      List<byte[]> some = keys.subList(from, Math.min(from + PAGE, keys.size()));
      store
          .update(
              PARTITION,
              Durability.RELAXED,
              txn -> {
                some.forEach(key -> remove(txn, key));
                return some;
              })
          .awaitDurable();
    }
  }

  private static void remove(Txn txn, byte[] key) {
    Optional<byte[]> row = txn.get(key);
    if (row.isEmpty()) {
      return;
    }
    KeptTotal total = KeptTotal.in(txn, TOTAL);
    txn.delete(key);
    txn.delete(known(report(row.get())));
    txn.put(TOTAL, total.plus(-1, -row.get().length).row());
  }
}
