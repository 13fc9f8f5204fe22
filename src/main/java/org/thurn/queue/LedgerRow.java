package org.thurn.queue;

import java.time.Instant;
import org.thurn.name.Mailbox;

/**
 * A recipient's last word: its terminal state, when it reached it, and the outcome in words. It
 * outlives the queue's other rows until the ledger's retention ends.
 */
record LedgerRow(Terminal state, Instant at, Mailbox recipient, String words) {
  private static final int FORMAT = 1;

  byte[] encode() {
    return new RowWriter()
        .small(FORMAT)
        .constant(state)
        .instant(at)
        .mailbox(recipient)
        .text(words)
        .row();
  }

  static LedgerRow decode(byte[] row) {
    RowReader in = new RowReader(row, "ledger", FORMAT);
    return new LedgerRow(in.constant(Terminal.class), in.instant(), in.mailbox(), in.text());
  }
}
