package org.thurn.transfer.reports;

import static org.thurn.transfer.reports.CountedCodec.PARTITION;
import static org.thurn.transfer.reports.CountedCodec.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportRows.Counted;
import org.thurn.authentication.dmarc.report.RowCodec;
import org.thurn.store.Durability;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;

/** What was counted, in the store, until its report is sent; and what was sent, for a while. */
final class CountedRows {
  /** Author domains of one day: a stranger may name as many as it likes. */
  static final int MAX_DOMAINS = 10_000;

  /** Of one domain's day; a report of so many has some 5 MB of XML and 300 KB packed. */
  static final int MAX_ROWS = 10_000;

  /** Of the rows of one domain's day, which are one report and in memory all at once. */
  static final int MAX_DOMAIN_OCTETS = 4 << 20;

  /** Of the rows of all domains of one day. */
  static final int MAX_DAY_OCTETS = 256 << 20;

  private static final int PAGE = 1_000;

  private final Store store;

  CountedRows(Store store) {
    this.store = store;
  }

  /** A domain's day that has not been reported. */
  record Waiting(long day, String domain, CountedCodec.Domain counted) {}

  /** Adds what was counted; durable when this returns, so that who reads next sees it. */
  void add(Tally.Counts counts) {
    List<Map.Entry<Slot, Long>> slots = List.copyOf(counts.slots().entrySet());
    for (int from = 0; from < slots.size(); from += PAGE) {
      List<Map.Entry<Slot, Long>> some = slots.subList(from, Math.min(from + PAGE, slots.size()));
      update(txn -> some.forEach(slot -> count(txn, slot.getKey(), slot.getValue())));
    }
    counts.lost().forEach((day, messages) -> update(txn -> lose(txn, day, messages)));
  }

  /** Joins the next sync: there is no hurry. */
  private void update(Consumer<Txn> work) {
    store
        .update(
            PARTITION,
            Durability.RELAXED,
            txn -> {
              work.accept(txn);
              return PARTITION;
            })
        .awaitDurable();
  }

  private static CountedCodec.Total total(Txn txn, long day) {
    return txn.get(key('t', day)).map(CountedCodec::total).orElse(CountedCodec.Total.NONE);
  }

  private static void lose(Txn txn, long day, long messages) {
    CountedCodec.Total total = total(txn, day);
    txn.put(
        key('t', day),
        CountedCodec.of(
            new CountedCodec.Total(total.domains(), total.octets(), total.lost() + messages)));
  }

  private static void count(Txn txn, Slot slot, long messages) {
    CountedCodec.Total total = total(txn, slot.day());
    byte[] domainKey = key('d', slot.day(), slot.domain());
    Optional<CountedCodec.Domain> known = txn.get(domainKey).map(CountedCodec::domain);
    if (known.isEmpty() && total.domains() >= MAX_DOMAINS) {
      lose(txn, slot.day(), messages);
      return;
    }
    CountedCodec.Domain domain = known.orElse(CountedCodec.Domain.NONE);
    byte[] row = RowCodec.encode(slot.row());
    byte[] subject = CountedCodec.subject(slot.subject());
    byte[] policy = Octets.digest(subject, CountedCodec.POLICY);
    byte[] rowKey =
        key('r', slot.day(), slot.domain(), policy, Octets.digest(row, CountedCodec.ROW));
    Optional<ReportRecord> before = txn.get(rowKey).map(CountedCodec::record);
    boolean room =
        domain.rows() < MAX_ROWS
            && domain.octets() + row.length <= MAX_DOMAIN_OCTETS
            && total.octets() + row.length <= MAX_DAY_OCTETS;
    boolean counted = before.isPresent() || room;
    boolean fresh = before.isEmpty() && room;
    if (counted) {
      long count = before.map(ReportRecord::count).orElse(0L) + messages;
      txn.put(rowKey, CountedCodec.record(row, count));
      txn.put(key('p', slot.day(), slot.domain(), policy), subject);
    }
    int octets = fresh ? row.length : 0;
    txn.put(
        domainKey,
        CountedCodec.of(
            new CountedCodec.Domain(
                domain.rows() + (fresh ? 1 : 0),
                domain.octets() + octets,
                domain.messages() + (counted ? messages : 0),
                domain.omitted() + (counted ? 0 : messages))));
    txn.put(
        key('t', slot.day()),
        CountedCodec.of(
            new CountedCodec.Total(
                total.domains() + (known.isEmpty() ? 1 : 0),
                total.octets() + octets,
                total.lost())));
  }

  /** The domains of days before this one, which are not reported yet, by their days. */
  List<Waiting> waiting(long before) {
    List<Waiting> waiting = new ArrayList<>();
    try (Snapshot rows = store.read(PARTITION)) {
      new RowWalk(rows, key('d', 0), key('d', before), PAGE)
          .forEachRemaining(pair -> waiting.add(waiting(pair)));
    }
    return waiting;
  }

  private static Waiting waiting(Pair pair) {
    byte[] key = pair.key();
    return new Waiting(
        ByteBuffer.wrap(key).getInt(1),
        new String(key, 5, key.length - 5, StandardCharsets.US_ASCII),
        CountedCodec.domain(pair.value()));
  }

  /** Messages of the day that no report will tell of. */
  long lost(long day) {
    try (Snapshot rows = store.read(PARTITION)) {
      return rows.get(key('t', day)).map(CountedCodec::total).map(t -> t.lost()).orElse(0L);
    }
  }

  /** All that was counted of a domain's day, for each policy that it had. */
  List<Counted> counted(Waiting waiting) {
    List<Counted> counted = new ArrayList<>();
    long omitted = waiting.counted().omitted();
    try (Snapshot rows = store.read(PARTITION)) {
      byte[] policies = key('p', waiting.day(), waiting.domain(), new byte[0]);
      for (RowWalk walk = walk(rows, policies); walk.hasNext(); ) {
        Pair policy = walk.next();
        byte[] digest = Arrays.copyOfRange(policy.key(), policies.length, policy.key().length);
        List<ReportRecord> records = new ArrayList<>();
        walk(rows, key('r', waiting.day(), waiting.domain(), digest))
            .forEachRemaining(pair -> records.add(CountedCodec.record(pair.value())));
        counted.add(new Counted(CountedCodec.subject(policy.value()), records, omitted));
        omitted = 0; // told once
      }
    }
    return counted;
  }

  private static RowWalk walk(Snapshot rows, byte[] prefix) {
    return new RowWalk(rows, prefix, Octets.after(prefix), PAGE);
  }

  /** Forgets what was counted, for what came of it. */
  void settle(Waiting waiting, SentReport sent) {
    store.update(
        PARTITION,
        Durability.SYNCED,
        txn -> {
          txn.delete(key('d', waiting.day(), waiting.domain()));
          for (char kind : new char[] {'p', 'r'}) {
            byte[] from = key(kind, waiting.day(), waiting.domain(), new byte[0]);
            txn.scan(from, Octets.after(from), 2 * MAX_ROWS, false)
                .forEach(pair -> txn.delete(pair.key()));
          }
          txn.put(key('s', waiting.day(), waiting.domain()), CountedCodec.of(sent));
          return sent;
        });
  }

  /** What was sent about a domain's day before. */
  Optional<SentReport> sent(long day, String domain) {
    try (Snapshot rows = store.read(PARTITION)) {
      return rows.get(key('s', day, domain)).map(CountedCodec::sent);
    }
  }

  /** What was sent, the newest day first. */
  List<SentReport> sent(Optional<String> domain, int limit) {
    List<SentReport> all = new ArrayList<>();
    try (Snapshot rows = store.read(PARTITION)) {
      new RowWalk(rows, key('s', 0), new byte[] {'s' + 1}, PAGE)
          .forEachRemaining(
              pair -> {
                SentReport sent = CountedCodec.sent(pair.value());
                if (domain.isEmpty() || domain.get().equals(sent.domain())) {
                  all.addFirst(sent);
                }
                if (all.size() > limit) {
                  all.removeLast();
                }
              });
    }
    return all;
  }

  /** Forgets days before this one, also what was never sent since nobody is to be told. */
  void purge(long before) {
    for (char kind : new char[] {'s', 't', 'd', 'p', 'r'}) {
      update(
          txn ->
              txn.scan(key(kind, 0), key(kind, before), MAX_DOMAINS, false)
                  .forEach(pair -> txn.delete(pair.key())));
    }
  }
}
