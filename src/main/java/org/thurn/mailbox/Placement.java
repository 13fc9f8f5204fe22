package org.thurn.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a {@link MessageRow} is stored: about 30 octets, its keywords as numbers of the mailbox. */
final class Placement {
  private Placement() {}

  static byte[] bytes(MessageRow row, MailboxRow mailbox) {
    RowOut out = new RowOut().number(row.flags().system()).number(row.flags().keywords().size());
    row.flags().keywords().forEach(keyword -> out.number(mailbox.indexOf(keyword)));
    return out.number(row.modseq())
        .number(row.internalDate().getEpochSecond())
        .number(row.saveDate().getEpochSecond())
        .number(row.size())
        .number(row.email().number())
        .number(row.thread().number())
        .bytes();
  }

  static MessageRow of(byte[] key, byte[] value, MailboxRow mailbox) {
    RowIn in = new RowIn(value);
    int system = in.count();
    int count = in.count();
    List<String> keywords = count == 0 ? List.of() : new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keywords.add(mailbox.keyword(in.count()));
    }
    return new MessageRow(
        mailbox.id,
        RowKey.uid(key),
        new Flags(system, keywords),
        in.number(),
        Instant.ofEpochSecond(in.number()),
        Instant.ofEpochSecond(in.number()),
        in.number(),
        new EmailId(in.number()),
        new ThreadId(in.number()));
  }
}
