package org.thurn.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;

/** Removes what an account kept for a time only. */
final class Purge {
  private static final int AT_ONCE = 1000;

  private final Store store;
  private final Partition partition;

  Purge(Store store, Partition partition) {
    this.store = store;
    this.partition = partition;
  }

  void run(Instant before) {
    List<MailboxId> mailboxes = new ArrayList<>();
    try (Snapshot snapshot = store.read(partition)) {
      MailboxList.all(Rows.of(snapshot)).forEach(mailbox -> mailboxes.add(mailbox.id));
    }
    whileSome(txn -> marks(txn, before));
    mailboxes.forEach(mailbox -> tombstones(mailbox, before));
  }

  /** Those of one mailbox. */
  void tombstones(MailboxId mailbox, Instant before) {
    whileSome(txn -> tombstones(txn, mailbox, before));
  }

  /** A batch after the other, so that no single commit grows with the account. */
  private void whileSome(Store.Work<Boolean> work) {
    boolean more;
    do {
      more = store.update(partition, Durability.SYNCED, work).value();
    } while (more);
  }

  /** Queue ids sort by time, so the first that is too young ends it. */
  private static boolean marks(Txn txn, Instant before) {
    byte[] end = RowKey.after(RowKey.MARKS);
    List<Pair> oldest = txn.scan(RowKey.MARKS, end, 1, false);
    if (oldest.isEmpty() || isYoung(oldest.getFirst(), before)) {
      return false; // as it is nearly always, and for every account
    }
    int gone = 0;
    for (Pair pair : txn.scan(RowKey.MARKS, end, AT_ONCE, false)) {
      if (isYoung(pair, before)) {
        return false;
      }
      txn.delete(pair.key());
      gone++;
    }
    return gone == AT_ONCE;
  }

  private static boolean isYoung(Pair mark, Instant before) {
    return !Mark.of(mark.value()).when().isBefore(before);
  }

  /** MODSEQs grow with time. What went is noted, so that a reader knows what it cannot know. */
  private static boolean tombstones(Txn txn, MailboxId id, Instant before) {
    byte[] prefix = RowKey.vanished(id);
    int gone = 0;
    long purgedTo = 0;
    for (Pair pair : txn.scan(prefix, RowKey.after(prefix), AT_ONCE, false)) {
      if (new RowIn(pair.value()).number() >= before.getEpochSecond()) {
        break;
      }
      txn.delete(pair.key());
      purgedTo = RowKey.modseq(pair.key());
      gone++;
    }
    if (gone > 0) {
      MailboxRow mailbox = MailboxRow.of(id, txn.get(RowKey.mailbox(id)).orElseThrow());
      mailbox.purgedTo = purgedTo;
      txn.put(RowKey.mailbox(id), mailbox.bytes());
    }
    return gone == AT_ONCE;
  }
}
