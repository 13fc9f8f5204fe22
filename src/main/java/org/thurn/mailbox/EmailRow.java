package org.thurn.mailbox;

import java.util.HexFormat;
import org.thurn.store.BodyId;

/** An {@link Email} without its summary, and how many placements it has. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EmailRow(long placements, ThreadId thread, BodyId body, long size, byte[] prefix) {
  static EmailRow of(byte[] row) {
    RowIn in = new RowIn(row);
    return new EmailRow(
        in.number(),
        new ThreadId(in.number()),
        new BodyId(HexFormat.of().formatHex(in.octets())),
        in.number(),
        in.octets());
  }

  byte[] bytes() {
    return new RowOut()
        .number(placements)
        .number(thread.number())
        .octets(HexFormat.of().parseHex(body.text()))
        .number(size)
        .octets(prefix)
        .bytes();
  }

  EmailRow plus(int more) {
    return new EmailRow(placements + more, thread, body, size, prefix);
  }

  Email email(EmailId id, byte[] summary) {
    return new Email(id, thread, body, size, prefix, summary);
  }
}
