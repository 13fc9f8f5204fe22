package org.thurn.mailbox;

import java.time.Instant;

/** The row of a delivery that is done: when, and where it went. */
record Mark(Instant when, MailboxName mailbox, long uid) {
  static Mark of(byte[] row) {
    RowIn in = new RowIn(row);
    return new Mark(Instant.ofEpochSecond(in.number()), new MailboxName(in.text()), in.number());
  }

  byte[] bytes() {
    return new RowOut().number(when.getEpochSecond()).text(mailbox.text()).number(uid).bytes();
  }
}
