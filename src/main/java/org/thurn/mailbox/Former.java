package org.thurn.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;

/** The mail of an account that may be no more. */
final class Former {
  private static final int AT_ONCE = 1000;
  private static final byte[] FIRST = {};
  private static final byte[] END = {(byte) 0xff};

  private final Store store;
  private final Partition partition;

  Former(Store store, Partition partition) {
    this.store = store;
    this.partition = partition;
  }

  /** The account is there (again). */
  void isBack() {
    if (since().isPresent()) {
      store.update(partition, Durability.SYNCED, txn -> delete(txn, RowKey.FORMER));
    }
  }

  /** The account is not there: its mail goes once that is so since before {@code before}. */
  void isGone(Instant now, Instant before) {
    Optional<Instant> since = since();
    if (since.isEmpty()) {
      store.update(partition, Durability.SYNCED, txn -> note(txn, now));
    } else if (since.get().isBefore(before)) {
      while (store.update(partition, Durability.SYNCED, this::removeSome).value()) {
        // a batch after the other, so that no single commit grows with the account
      }
    }
  }

  private Optional<Instant> since() {
    try (Snapshot snapshot = store.read(partition)) {
      return snapshot.get(RowKey.FORMER).map(row -> Instant.ofEpochSecond(new RowIn(row).number()));
    }
  }

  /** Not where nothing is left: that would come back for ever. */
  private static boolean note(Txn txn, Instant now) {
    boolean some = txn.get(RowKey.ACCOUNT).isPresent();
    if (some) {
      txn.put(RowKey.FORMER, new RowOut().number(now.getEpochSecond()).bytes());
    }
    return some;
  }

  private static boolean delete(Txn txn, byte[] key) {
    txn.delete(key);
    return true;
  }

  /** The note of its going goes last, so that what a crash leaves is removed by the next call. */
  private boolean removeSome(Txn txn) {
    List<Pair> rows = txn.scan(FIRST, END, AT_ONCE, false);
    boolean last = rows.size() < AT_ONCE;
    for (Pair row : rows) {
      if (row.key()[0] == RowKey.EMAILS[0]) {
        EmailId id = new EmailId(RowKey.number(row.key()));
        txn.release(EmailRow.of(row.value()).body(), Change.holder(partition, id));
      }
      if (last || row.key()[0] != RowKey.FORMER[0]) {
        txn.delete(row.key());
      }
    }
    return !last;
  }
}
