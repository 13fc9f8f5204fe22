package org.thurn.access.pop3;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxStatus;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;

/** The INBOX as it was at the login: messages by number, from 1, and those marked as deleted. */
final class Maildrop {
  private static final int ROWS = 1_000;

  private final AccountMail mail;
  private final long uidValidity;
  private long[] uids = new long[0];
  private long[] sizes = new long[0];
  private final BitSet deleted = new BitSet();

  Maildrop(AccountMail mail) {
    this.mail = mail;
    this.uidValidity = mail.status(MailboxId.INBOX).map(MailboxStatus::uidValidity).orElse(0L);
    long after = 0;
    List<MessageRow> rows;
    do {
      rows = mail.messages(MailboxId.INBOX, UidSet.range(after + 1, UidSet.MAX), ROWS);
      add(rows);
      after = rows.isEmpty() ? after : rows.getLast().uid();
    } while (rows.size() == ROWS && after < UidSet.MAX);
  }

  private void add(List<MessageRow> rows) {
    int count = uids.length;
    uids = Arrays.copyOf(uids, count + rows.size());
    sizes = Arrays.copyOf(sizes, count + rows.size());
    for (MessageRow row : rows) {
      uids[count] = row.uid();
      sizes[count++] = row.size();
    }
  }

  AccountMail mail() {
    return mail;
  }

  /** The highest number, whether its message is marked or not. */
  int last() {
    return uids.length;
  }

  /** Whether a message has the number and is not marked as deleted. */
  boolean has(int number) {
    return number >= 1 && number <= uids.length && !deleted.get(number);
  }

  int count() {
    return uids.length - deleted.cardinality();
  }

  /** Octets of all that are not marked. */
  long size() {
    long sum = 0;
    for (int number = 1; number <= uids.length; number++) {
      sum += has(number) ? size(number) : 0;
    }
    return sum;
  }

  long size(int number) {
    return sizes[number - 1];
  }

  /** {@code unique-id} of RFC 1939 §7: never given to another message. */
  String uniqueId(int number) {
    return uidValidity + "." + uids[number - 1];
  }

  /** Empty if it was removed meanwhile by another kind of client. */
  Optional<Content> content(int number) {
    return mail.messages(MailboxId.INBOX, UidSet.of(uids[number - 1]), 1).stream()
        .findFirst()
        .flatMap(mail::content);
  }

  void delete(int number) {
    deleted.set(number);
  }

  void reset() {
    deleted.clear();
  }

  /**
   * The UPDATE state (RFC 1939 §6): removes what is marked.
   *
   * @return how many went
   */
  long update() {
    if (deleted.isEmpty()) {
      return 0;
    }
    List<Long> marked = deleted.stream().mapToObj(number -> uids[number - 1]).toList();
    return mail.remove(MailboxId.INBOX, UidSet.of(marked)).uids().count();
  }
}
