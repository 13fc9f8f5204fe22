package org.thurn.queue;

import java.util.List;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.journey.QueueId;

/** Rows of the queue as they may stand on a damaged disk. */
public final class FuzzedQueueRows {
  private static final QueueId ID = new QueueId("0123456789ABC");

  private FuzzedQueueRows() {}

  public static FuzzTarget all() {
    return Choice.of(
        row(FuzzedQueueRows::message),
        row(FuzzedQueueRows::recipient),
        row(FuzzedQueueRows::ledger));
  }

  private static FuzzTarget row(FuzzTarget target) {
    return octets -> {
      try {
        target.take(octets);
      } catch (RowFormatException e) {
        Promise.holds(e.getMessage() != null, () -> "damaged without words");
      }
    };
  }

  private static void message(byte[] octets) {
    QueueEntry entry = EntryCodec.message(ID, octets, List.of());
    byte[] row = EntryCodec.message(entry);
    Promise.same(entry, EntryCodec.message(ID, row, List.of()), "the message");
  }

  private static void recipient(byte[] octets) {
    RecipientRow recipient = EntryCodec.recipient(ID, octets);
    Promise.same(recipient, EntryCodec.recipient(ID, EntryCodec.recipient(recipient)), "the row");
  }

  private static void ledger(byte[] octets) {
    LedgerRow row = LedgerRow.decode(octets);
    Promise.same(row, LedgerRow.decode(row.encode()), "the row");
  }
}
