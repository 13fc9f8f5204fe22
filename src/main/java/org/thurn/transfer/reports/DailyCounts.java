package org.thurn.transfer.reports;

import static org.thurn.transfer.reports.DailyCodec.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;

/**
 * What was counted for daily reports, in the store, until its report is sent; and what was sent,
 * for a while. What is counted is octets here.
 */
public final class DailyCounts {
  private static final int PAGE = 1_000;

  private final Store store;
  private final Partition partition;
  private final Limits limits;

  /**
   * How much is kept.
   *
   * @param domains of one day
   * @param rows of a domain's day, and as many coarse ones
   * @param domainOctets of a domain's day, which is one report and in memory all at once
   * @param dayOctets of all domains of a day
   */
  public record Limits(int domains, int rows, long domainOctets, long dayOctets) {}

  public DailyCounts(Store store, Partition partition, Limits limits) {
    this.store = store;
    this.partition = partition;
    this.limits = limits;
  }

  /**
   * A domain's day that has not been reported.
   *
   * @param rows that are kept
   * @param octets of them
   * @param messages that they count
   * @param omitted those that there was no room for
   */
  public record Waiting(
      long day, String domain, int rows, long octets, long messages, long omitted) {}

  /** What is counted of one subject. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Subject(byte[] octets, List<Row> rows) {
    public Subject {
      rows = List.copyOf(rows);
    }
  }

  /** A row, and how often it was counted. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Row(byte[] octets, long count) {}

  /** Adds what was counted; durable when this returns, so that who reads next sees it. */
  public void add(List<Map.Entry<CountedSlot, Long>> slots, Map<Long, Long> lost) {
    for (int from = 0; from < slots.size(); from += PAGE) {
      List<Map.Entry<CountedSlot, Long>> some =
          slots.subList(from, Math.min(from + PAGE, slots.size()));
      update(txn -> some.forEach(slot -> count(txn, slot.getKey(), slot.getValue())));
    }
    lost.forEach((day, messages) -> update(txn -> lose(txn, day, messages)));
  }

  /** Joins the next sync: there is no hurry. */
  private void update(Consumer<Txn> work) {
    store
        .update(
            partition,
            Durability.RELAXED,
            txn -> {
              work.accept(txn);
              return partition;
            })
        .awaitDurable();
  }

  private static DailyCodec.Total total(Txn txn, long day) {
    return txn.get(key('t', day)).map(DailyCodec::total).orElse(DailyCodec.Total.NONE);
  }

  private static void lose(Txn txn, long day, long messages) {
    DailyCodec.Total total = total(txn, day);
    txn.put(
        key('t', day),
        DailyCodec.of(
            new DailyCodec.Total(total.domains(), total.octets(), total.lost() + messages)));
  }

  private void count(Txn txn, CountedSlot slot, long messages) {
    DailyCodec.Total total = total(txn, slot.day());
    byte[] domainKey = key('d', slot.day(), slot.domain());
    Optional<DailyCodec.Domain> known = txn.get(domainKey).map(DailyCodec::domain);
    if (known.isEmpty() && total.domains() >= limits.domains()) {
      lose(txn, slot.day(), messages);
      return;
    }
    DailyCodec.Domain domain = known.orElse(DailyCodec.Domain.NONE);
    Added added = add(txn, slot, messages, new Room(total, domain));
    txn.put(domainKey, DailyCodec.of(added.to(domain, messages)));
    txn.put(
        key('t', slot.day()),
        DailyCodec.of(
            new DailyCodec.Total(
                total.domains() + (known.isEmpty() ? 1 : 0),
                total.octets() + added.octets(),
                total.lost())));
  }

  /** What there is already. */
  private record Room(DailyCodec.Total total, DailyCodec.Domain domain) {
    boolean has(Limits limits, int rows, int octets) {
      return domain.rows() < rows
          && domain.octets() + octets <= limits.domainOctets()
          && total.octets() + octets <= limits.dayOctets();
    }
  }

  /** What became of one slot. */
  private record Added(boolean counted, boolean fresh, int octets) {
    static final Added NOT = new Added(false, false, 0);

    DailyCodec.Domain to(DailyCodec.Domain domain, long messages) {
      return new DailyCodec.Domain(
          domain.rows() + (fresh ? 1 : 0),
          domain.octets() + octets,
          domain.messages() + (counted ? messages : 0),
          domain.omitted() + (counted ? 0 : messages));
    }
  }

  private Added add(Txn txn, CountedSlot slot, long messages, Room room) {
    Added added = add(txn, slot, slot.row(), messages, limits.rows(), room);
    return added.counted() || slot.coarse().isEmpty()
        ? added
        : add(txn, slot, slot.coarse().get(), messages, 2 * limits.rows(), room);
  }

  private Added add(Txn txn, CountedSlot slot, byte[] row, long messages, int rows, Room room) {
    byte[] subject = RowOctets.digest(slot.subject(), DailyCodec.SUBJECT);
    byte[] subjectKey = key('p', slot.day(), slot.domain(), subject);
    byte[] rowKey =
        key('r', slot.day(), slot.domain(), subject, RowOctets.digest(row, DailyCodec.ROW));
    Optional<Row> before = txn.get(rowKey).map(DailyCodec::record);
    boolean first = before.isEmpty() && txn.get(subjectKey).isEmpty();
    int octets = (before.isEmpty() ? row.length : 0) + (first ? slot.subject().length : 0);
    if (before.isEmpty() && !room.has(limits, rows, octets)) {
      return Added.NOT;
    }
    txn.put(rowKey, DailyCodec.record(row, before.map(Row::count).orElse(0L) + messages));
    if (first) {
      txn.put(subjectKey, slot.subject());
    }
    return new Added(true, before.isEmpty(), octets);
  }

  /** The domains of days before this one, which are not reported yet, by their days. */
  public List<Waiting> waiting(long before) {
    List<Waiting> waiting = new ArrayList<>();
    try (Snapshot rows = store.read(partition)) {
      new RowWalk(rows, key('d', 0), key('d', before), PAGE)
          .forEachRemaining(pair -> waiting.add(waiting(pair)));
    }
    return waiting;
  }

  private static Waiting waiting(Pair pair) {
    byte[] key = pair.key();
    DailyCodec.Domain counted = DailyCodec.domain(pair.value());
    return new Waiting(
        ByteBuffer.wrap(key).getInt(1),
        new String(key, 5, key.length - 5, StandardCharsets.US_ASCII),
        counted.rows(),
        counted.octets(),
        counted.messages(),
        counted.omitted());
  }

  /** The same for people. */
  public List<Counting> counting(Optional<String> domain, long before) {
    return waiting(before).stream()
        .filter(waiting -> domain.isEmpty() || domain.get().equals(waiting.domain()))
        .map(
            waiting ->
                new Counting(
                    waiting.domain(),
                    LocalDate.ofEpochDay(waiting.day()),
                    waiting.rows(),
                    waiting.messages(),
                    waiting.omitted()))
        .toList();
  }

  /** What of the day no report will tell of. */
  public long lost(long day) {
    try (Snapshot rows = store.read(partition)) {
      return rows.get(key('t', day)).map(DailyCodec::total).map(t -> t.lost()).orElse(0L);
    }
  }

  /** All that was counted of a domain's day, for each subject that it had. */
  public List<Subject> counted(Waiting waiting) {
    List<Subject> counted = new ArrayList<>();
    try (Snapshot rows = store.read(partition)) {
      byte[] subjects = key('p', waiting.day(), waiting.domain(), new byte[0]);
      for (RowWalk walk = walk(rows, subjects); walk.hasNext(); ) {
        Pair subject = walk.next();
        byte[] digest = Arrays.copyOfRange(subject.key(), subjects.length, subject.key().length);
        List<Row> records = new ArrayList<>();
        walk(rows, key('r', waiting.day(), waiting.domain(), digest))
            .forEachRemaining(pair -> records.add(DailyCodec.record(pair.value())));
        counted.add(new Subject(subject.value(), records));
      }
    }
    return counted;
  }

  private static RowWalk walk(Snapshot rows, byte[] prefix) {
    return new RowWalk(rows, prefix, RowOctets.after(prefix), PAGE);
  }

  /** Forgets what was counted, for what came of it. */
  public void settle(Waiting waiting, SentReport sent) {
    store.update(
        partition,
        Durability.SYNCED,
        txn -> {
          txn.delete(key('d', waiting.day(), waiting.domain()));
          for (char kind : new char[] {'p', 'r'}) {
            byte[] from = key(kind, waiting.day(), waiting.domain(), new byte[0]);
            txn.scan(from, RowOctets.after(from), 4 * limits.rows(), false)
                .forEach(pair -> txn.delete(pair.key()));
          }
          txn.put(key('s', waiting.day(), waiting.domain()), sent.octets());
          return sent;
        });
  }

  /** Changes what is said of a report that was sent, if it is known still. */
  public void amend(long day, String domain, UnaryOperator<SentReport> change) {
    byte[] key = key('s', day, domain);
    update(
        txn ->
            txn.get(key)
                .map(SentReport::of)
                .ifPresent(sent -> txn.put(key, change.apply(sent).octets())));
  }

  /** What was sent about a domain's day before. */
  public Optional<SentReport> sent(long day, String domain) {
    try (Snapshot rows = store.read(partition)) {
      return rows.get(key('s', day, domain)).map(SentReport::of);
    }
  }

  /** What was sent, the newest day first. */
  public List<SentReport> sent(Optional<String> domain, int limit) {
    List<SentReport> all = new ArrayList<>();
    try (Snapshot rows = store.read(partition)) {
      new RowWalk(rows, key('s', 0), new byte[] {'s' + 1}, PAGE)
          .forEachRemaining(
              pair -> {
                SentReport sent = SentReport.of(pair.value());
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
  public void purge(long before) {
    for (char kind : new char[] {'s', 't', 'd', 'p', 'r'}) {
      update(
          txn ->
              txn.scan(key(kind, 0), key(kind, before), limits.domains(), false)
                  .forEach(pair -> txn.delete(pair.key())));
    }
  }
}
