package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks one shard: each kind of row against the others. One message in memory at a time. */
final class ShardCheck {
  private static final int PAGE = 1_000;
  private static final int MESSAGE_KEY = 14;
  private static final int RECIPIENT_KEY = 18; // a ledger key too
  private static final int DUE_KEY = 22;

  private final StoreView view;
  private final Snapshot rows;
  private final Instant ledgerSince;
  private final PartitionReport report;
  private final RowWalk recipients;
  private long open;
  private long scheduled;

  /**
   * @param ledgerSince whatever was settled later has its ledger row
   */
  ShardCheck(StoreView view, Partition partition, Instant ledgerSince, PartitionReport report) {
    this.view = view;
    this.rows = view.read(partition);
    this.ledgerSince = ledgerSince;
    this.report = report;
    this.recipients = walk('r');
  }

  private RowWalk walk(char kind) {
    return new RowWalk(rows, Keys.kind(kind), Keys.kind((char) (kind + 1)), PAGE);
  }

  void run() {
    report.onlyKinds(rows, "cdlmr");
    for (RowWalk messages = walk('m'); messages.hasNext(); ) {
      message(messages.next());
    }
    while (recipients.hasNext()) {
      strayRecipient();
    }
    schedule();
    counts(ledger());
  }

  private void message(Pair pair) {
    report.looked();
    Optional<QueueId> parsed = id(pair.key(), 1, MESSAGE_KEY);
    if (parsed.isEmpty()) {
      report.stray(Finding.shown(pair.key()), "not the key of a message");
      return;
    }
    QueueId id = parsed.get();
    Optional<List<RecipientRow>> own = recipientsOf(id, pair.key());
    report
        .read("m " + id, () -> EntryCodec.message(id, pair.value(), own.orElse(List.of())))
        .ifPresent(
            entry -> {
              body(entry);
              if (own.isPresent()) {
                state(entry);
              }
            });
  }

  /** A key's id, if the key is that of a row of this form. */
  private static Optional<QueueId> id(byte[] key, int at, int length) {
    String text = key.length == length ? new String(key, at, 13, UTF_8) : "";
    return Ids.wellFormed(text) ? Optional.of(new QueueId(text)) : Optional.empty();
  }

  private void body(QueueEntry entry) {
    String key = "m " + entry.id();
    String holder = ShardRows.holder(entry.id());
    if (!view.holds(entry.body(), holder)) {
      report.missing(key, "its body " + entry.body().text() + " lacks the holder " + holder);
    }
    OptionalLong size = view.size(entry.body());
    if (size.isEmpty()) {
      report.missing(key, "its body " + entry.body().text() + " is not there");
    } else if (size.getAsLong() != entry.octets()) {
      report.differs(key, entry.octets() + " octets, its body has " + size.getAsLong());
    }
  }

  /** The recipients of a message, in their order; empty if one cannot be read. */
  private Optional<List<RecipientRow>> recipientsOf(QueueId id, byte[] messageKey) {
    List<RecipientRow> own = new ArrayList<>();
    boolean readable = true;
    int expected = 0;
    while (recipients.hasNext()) {
      byte[] key = recipients.peek().key();
      int order =
          Arrays.compareUnsigned(
              key, 1, Math.min(key.length, MESSAGE_KEY), messageKey, 1, MESSAGE_KEY);
      if (order > 0) {
        break;
      } else if (order < 0 || key.length != RECIPIENT_KEY) {
        strayRecipient();
      } else {
        report.looked();
        int index = Keys.index(key);
        if (index != expected) {
          report.missing("r " + id + " " + expected, "the next recipient is number " + index);
        }
        Optional<RecipientRow> row = recipient(id, index, recipients.next());
        row.ifPresent(own::add);
        readable &= row.isPresent();
        expected = index + 1;
      }
    }
    return readable ? Optional.of(own) : Optional.empty();
  }

  private void strayRecipient() {
    report.looked();
    report.stray(Finding.shown(recipients.next().key()), "a recipient of no message");
  }

  private Optional<RecipientRow> recipient(QueueId id, int index, Pair pair) {
    String shown = "r " + id + " " + index;
    Optional<RecipientRow> row = report.read(shown, () -> EntryCodec.recipient(id, pair.value()));
    row.ifPresent(
        recipient -> {
          if (recipient.recipient().index() != index) {
            report.differs(shown, "it says that it is number " + recipient.recipient().index());
          }
          open += recipient.settled() ? 0 : 1;
          terminal(shown, recipient, Keys.ledger(id, index));
        });
    return row;
  }

  /** Nothing is in two terminal states, nor in one and open. */
  private void terminal(String shown, RecipientRow row, byte[] ledgerKey) {
    Optional<Terminal> ledger = rows.get(ledgerKey).flatMap(ShardCheck::stateOf);
    Optional<Terminal> own = row.terminal();
    boolean kept = row.tried().filter(tried -> tried.isAfter(ledgerSince)).isPresent();
    if (ledger.isPresent() && own.isEmpty()) {
      report.differs(shown, "it is open, and " + ledger.get() + " by the ledger");
    } else if (ledger.isPresent() && !ledger.equals(own)) {
      report.differs(shown, "it is " + own.get() + ", and " + ledger.get() + " by the ledger");
    } else if (ledger.isEmpty() && own.isPresent() && kept) {
      report.missing(shown, "it is " + own.get() + ", and the ledger has no row of it");
    }
  }

  private static Optional<Terminal> stateOf(byte[] row) {
    try {
      return Optional.of(LedgerRow.decode(row).state());
    } catch (RuntimeException e) {
      return Optional.empty(); // the walk through the ledger says so
    }
  }

  private void state(QueueEntry entry) {
    String key = "m " + entry.id();
    if (entry.recipients().isEmpty()) {
      report.missing(key, "it has no recipient");
    } else if (entry.settled()) {
      report.stray(key, "all its recipients are settled, and it is still there");
    }
    entry.due().ifPresent(due -> due(entry, due));
  }

  private void due(QueueEntry entry, Instant due) {
    scheduled++;
    String key = "d " + due + " " + entry.id();
    Optional<byte[]> row = rows.get(Keys.due(due, entry.id()));
    if (row.isEmpty()) {
      report.missing(key, "its earliest open recipient is due then, and no row says so");
    } else if (!new String(row.get(), UTF_8).equals(entry.lane())) {
      report.differs(key, "the row's lane is not " + entry.lane());
    }
  }

  /** Every row that is needed was found: if there are no more than those, none is stray. */
  private void schedule() {
    long found = 0;
    for (RowWalk due = walk('d'); due.hasNext(); due.next()) {
      report.looked();
      found++;
    }
    if (found != scheduled) {
      walk('d').forEachRemaining(pair -> strayDue(pair.key()));
    }
  }

  private void strayDue(byte[] key) {
    Optional<QueueId> id = id(key, 9, DUE_KEY);
    boolean needed;
    try {
      needed =
          id.flatMap(known -> QueueShard.load(rows, known))
              .flatMap(entry -> entry.due().map(due -> Keys.due(due, entry.id())))
              .filter(expected -> Arrays.equals(expected, key))
              .isPresent();
    } catch (RuntimeException e) {
      needed = true; // a message that cannot be read was noted as such
    }
    if (!needed) {
      report.stray(Finding.shown(key), "no message is due then");
    }
  }

  private Map<Terminal, Long> ledger() {
    Map<Terminal, Long> found = new EnumMap<>(Terminal.class);
    for (RowWalk ledger = walk('l'); ledger.hasNext(); ) {
      Pair pair = ledger.next();
      report.looked();
      String shown = Finding.shown(pair.key());
      if (id(pair.key(), 1, RECIPIENT_KEY).isEmpty()) {
        report.stray(shown, "not the key of a ledger row");
      }
      report
          .read(shown, () -> LedgerRow.decode(pair.value()))
          .ifPresent(row -> found.merge(row.state(), 1L, Long::sum));
    }
    return found;
  }

  private void counts(Map<Terminal, Long> ledger) {
    Optional<Counts> read =
        report.read("c", () -> rows.get(Keys.counts()).map(Counts::decode).orElseGet(Counts::new));
    read.ifPresent(
        counts -> {
          report.count("c", "recipients accepted", counts.accepted(), counts.settled() + open);
          for (Terminal state : Terminal.values()) {
            long found = ledger.getOrDefault(state, 0L);
            report.count("c", "recipients " + state, counts.kept(state), found);
          }
        });
  }
}
