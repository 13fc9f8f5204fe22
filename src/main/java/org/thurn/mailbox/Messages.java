package org.thurn.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.thurn.store.Snapshot.Pair;

/** Reads the messages of an account. */
final class Messages {
  private Messages() {}

  static List<MessageRow> of(Rows rows, MailboxRow mailbox, UidSet uids) {
    return of(rows, mailbox, uids, Integer.MAX_VALUE);
  }

  /** Those of {@code uids} that are there, ascending. */
  static List<MessageRow> of(Rows rows, MailboxRow mailbox, UidSet uids, int limit) {
    List<MessageRow> found = new ArrayList<>();
    for (UidSet.Range range : uids.ranges()) {
      byte[] at = RowKey.placement(mailbox.id, range.first());
      byte[] end = RowKey.next(RowKey.placement(mailbox.id, range.last()));
      int page = Rows.PAGE;
      while (page == Rows.PAGE && found.size() < limit) {
        List<Pair> pairs = rows.scan(at, end, Math.min(Rows.PAGE, limit - found.size()));
        pairs.forEach(pair -> found.add(Placement.of(pair.key(), pair.value(), mailbox)));
        page = pairs.size();
        at = pairs.isEmpty() ? end : RowKey.next(pairs.getLast().key());
      }
    }
    return found;
  }

  static long[] uids(Rows rows, MailboxId mailbox) {
    LongStream.Builder uids = LongStream.builder();
    rows.each(RowKey.placements(mailbox), pair -> uids.add(RowKey.uid(pair.key())));
    return uids.build().toArray();
  }

  static OptionalLong firstUnseen(Rows rows, MailboxRow mailbox) {
    long from = mailbox.unseenFrom;
    while (mailbox.unseen > 0 && from < mailbox.uidNext) {
      List<MessageRow> page = of(rows, mailbox, UidSet.range(from, UidSet.MAX), 1000);
      for (MessageRow row : page) {
        if (!row.flags().has(SystemFlag.SEEN)) {
          return OptionalLong.of(row.uid());
        }
      }
      from = page.isEmpty() ? mailbox.uidNext : page.getLast().uid() + 1;
    }
    return OptionalLong.empty();
  }

  static Changes since(Rows rows, MailboxRow mailbox, long modseq) {
    List<byte[]> keys = new ArrayList<>();
    rows.each(
        RowKey.change(mailbox.id, modseq + 1, 0),
        RowKey.after(RowKey.changes(mailbox.id)),
        pair -> keys.add(RowKey.placement(mailbox.id, RowKey.uid(pair.key()))));
    List<Long> vanished = new ArrayList<>();
    rows.each(
        RowKey.vanished(mailbox.id, modseq + 1, 0),
        RowKey.after(RowKey.vanished(mailbox.id)),
        pair -> vanished.add(RowKey.uid(pair.key())));
    List<MessageRow> changed =
        rows.many(keys).stream()
            .map(pair -> Placement.of(pair.key(), pair.value(), mailbox))
            .toList();
    return new Changes(
        changed, UidSet.of(vanished), mailbox.highestModseq, modseq >= mailbox.purgedTo);
  }

  static Map<EmailId, Email> emails(Rows rows, Collection<EmailId> ids) {
    Map<Long, byte[]> summaries = new HashMap<>();
    rows.many(ids.stream().distinct().map(RowKey::summary).toList())
        .forEach(
            pair -> summaries.put(RowKey.number(pair.key()), new RowIn(pair.value()).octets()));
    Map<EmailId, Email> emails = new HashMap<>();
    rows.many(ids.stream().distinct().map(RowKey::email).toList())
        .forEach(
            pair -> {
              EmailId id = new EmailId(RowKey.number(pair.key()));
              byte[] summary = summaries.getOrDefault(id.number(), new byte[0]);
              emails.put(id, EmailRow.of(pair.value()).email(id, summary));
            });
    return emails;
  }
}
