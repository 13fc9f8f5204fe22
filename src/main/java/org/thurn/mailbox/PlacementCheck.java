package org.thurn.mailbox;

import java.util.Optional;
import org.thurn.store.Finding;
import org.thurn.store.PartitionReport;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;

/** Checks the messages of one mailbox against its counters, changes and tombstones. */
final class PlacementCheck {
  private static final int PAGE = 1_000;
  private static final int PLACEMENT_KEY = 13;
  private static final int CHANGE_KEY = 21;

  private final Snapshot rows;
  private final MailboxRow mailbox;
  private final long accountModseq;
  private final PartitionReport report;
  private final String key;

  private long messages;
  private long bytes;
  private long unseen;
  private long deleted;
  private long firstUnseen = Long.MAX_VALUE;
  private long highest;
  private boolean readable = true;

  PlacementCheck(Snapshot rows, MailboxRow mailbox, long accountModseq, PartitionReport report) {
    this.rows = rows;
    this.mailbox = mailbox;
    this.accountModseq = accountModseq;
    this.report = report;
    this.key = "b " + mailbox.id;
  }

  long messages() {
    return messages;
  }

  long bytes() {
    return bytes;
  }

  void run() {
    for (RowWalk walk = walk(RowKey.placements(mailbox.id)); walk.hasNext(); ) {
      report.looked();
      placement(walk.next());
    }
    changes();
    vanished();
    if (readable) {
      counters();
      modseq();
    }
  }

  private RowWalk walk(byte[] prefix) {
    return new RowWalk(rows, prefix, RowKey.after(prefix), PAGE);
  }

  private String shown(long uid) {
    return "p " + mailbox.id + " " + uid;
  }

  private void placement(Pair pair) {
    if (pair.key().length != PLACEMENT_KEY) {
      report.stray(Finding.shown(pair.key()), "not the key of a message");
      return;
    }
    String shown = shown(RowKey.uid(pair.key()));
    Optional<MessageRow> row =
        report.read(shown, () -> Placement.of(pair.key(), pair.value(), mailbox));
    readable &= row.isPresent();
    row.ifPresent(message -> message(shown, message));
  }

  private void message(String shown, MessageRow row) {
    messages++;
    bytes += row.size();
    deleted += row.flags().has(SystemFlag.DELETED) ? 1 : 0;
    highest = Math.max(highest, row.modseq());
    if (!row.flags().has(SystemFlag.SEEN)) {
      unseen++;
      firstUnseen = Math.min(firstUnseen, row.uid());
    }
    if (row.uid() < 1 || row.uid() >= mailbox.uidNext) {
      report.differs(shown, "its UID is not below UIDNEXT, " + mailbox.uidNext);
    }
    if (rows.get(RowKey.change(mailbox.id, row.modseq(), row.uid())).isEmpty()) {
      report.missing(shown, "no change row has its MODSEQ, " + row.modseq());
    }
  }

  /** Each message has its row: if there are no more than those, none is stray. */
  private void changes() {
    long found = 0;
    for (RowWalk walk = walk(RowKey.changes(mailbox.id)); walk.hasNext(); walk.next()) {
      report.looked();
      found++;
    }
    if (found != messages) {
      walk(RowKey.changes(mailbox.id)).forEachRemaining(pair -> change(pair.key()));
    }
  }

  private void change(byte[] change) {
    boolean needed =
        change.length == CHANGE_KEY
            && rows.get(RowKey.placement(mailbox.id, RowKey.uid(change)))
                .filter(row -> hasModseq(change, row))
                .isPresent();
    if (!needed) {
      report.stray(Finding.shown(change), "no message of " + mailbox.id + " has that MODSEQ");
    }
  }

  private boolean hasModseq(byte[] change, byte[] row) {
    byte[] placement = RowKey.placement(mailbox.id, RowKey.uid(change));
    try {
      return Placement.of(placement, row, mailbox).modseq() == RowKey.modseq(change);
    } catch (RuntimeException e) {
      return true; // the message that cannot be read was noted as such
    }
  }

  private void vanished() {
    for (RowWalk walk = walk(RowKey.vanished(mailbox.id)); walk.hasNext(); ) {
      Pair pair = walk.next();
      report.looked();
      if (pair.key().length != CHANGE_KEY) {
        report.stray(Finding.shown(pair.key()), "not the key of a tombstone");
        continue;
      }
      long uid = RowKey.uid(pair.key());
      String shown = "v " + mailbox.id + " " + uid;
      highest = Math.max(highest, RowKey.modseq(pair.key()));
      report.read(shown, () -> new RowIn(pair.value()).number());
      if (uid >= mailbox.uidNext) {
        report.differs(shown, "its UID is not below UIDNEXT, " + mailbox.uidNext);
      }
      if (rows.get(RowKey.placement(mailbox.id, uid)).isPresent()) {
        report.differs(shown, "the message went, and it is there");
      }
    }
  }

  private void counters() {
    report.count(key, "messages", mailbox.messages, messages);
    report.count(key, "octets of messages", mailbox.size, bytes);
    report.count(key, "messages without \\Seen", mailbox.unseen, unseen);
    report.count(key, "messages with \\Deleted", mailbox.deleted, deleted);
    if (firstUnseen < mailbox.unseenFrom) {
      report.differs(
          key, "no message below " + mailbox.unseenFrom + " lacks \\Seen, but " + firstUnseen);
    }
  }

  /** HIGHESTMODSEQ is that of the last change, whose row or tombstone may be purged by now. */
  private void modseq() {
    long last = Math.max(highest, mailbox.purgedTo);
    if (last > 0 && last != mailbox.highestModseq) {
      report.differs(
          key, "its HIGHESTMODSEQ is " + mailbox.highestModseq + ", the last change's " + last);
    }
    if (mailbox.highestModseq > accountModseq) {
      report.differs(key, "its HIGHESTMODSEQ is above the account's, " + accountModseq);
    }
  }
}
