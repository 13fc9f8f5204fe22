package org.thurn.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.thurn.store.BodyId;
import org.thurn.store.Partition;
import org.thurn.store.Txn;

/**
 * One update of an account: keeps the rows that it counts in (account, mailboxes, emails) until its
 * end, and gives everything that it changes the same MODSEQ.
 */
final class Change {
  /** How the holders of this room begin. */
  static final String HOLDER = "account:";

  private final Txn txn;
  private final Rows rows;
  private final Partition partition;
  private final Instant now;
  private final Map<MailboxId, MailboxRow> mailboxes = new LinkedHashMap<>();
  private final Map<MailboxId, byte[]> read = new HashMap<>();
  private final Map<EmailId, EmailRow> emails = new LinkedHashMap<>();
  private final AccountRow account;
  private long modseq;
  private boolean accountChanged;

  Change(Txn txn, Partition partition, Instant now) {
    this.txn = txn;
    this.rows = Rows.of(txn);
    this.partition = partition;
    this.now = Instant.ofEpochSecond(now.getEpochSecond());
    Optional<byte[]> row = txn.get(RowKey.ACCOUNT);
    account = row.map(AccountRow::of).orElseGet(AccountRow::new);
    if (row.isEmpty()) {
      makeFirstMailboxes();
    }
  }

  private void makeFirstMailboxes() {
    List<MailboxName> names = new ArrayList<>(List.of(MailboxName.INBOX));
    for (SpecialUse use : SpecialUse.values()) {
      names.add(use.firstName());
    }
    for (MailboxName name : names) {
      create(name);
      txn.put(RowKey.subscription(name), new RowOut().bytes());
    }
  }

  Txn txn() {
    return txn;
  }

  Rows rows() {
    return rows;
  }

  AccountRow account() {
    accountChanged = true;
    return account;
  }

  /** The MODSEQ of this update. */
  long modseq() {
    if (modseq == 0) {
      modseq = ++account().modseq;
    }
    return modseq;
  }

  /** The mailbox as this update has it, or null if there is none. */
  @Nullable MailboxRow mailbox(MailboxId id) {
    MailboxRow known = mailboxes.get(id);
    if (known != null) {
      return known;
    }
    Optional<byte[]> row = rows.get(RowKey.mailbox(id));
    if (row.isEmpty()) {
      return null;
    }
    MailboxRow mailbox = MailboxRow.of(id, row.get());
    mailboxes.put(id, mailbox);
    read.put(id, row.get());
    return mailbox;
  }

  /** As {@link #mailbox(MailboxId)}. */
  @Nullable MailboxRow find(MailboxName name) {
    Optional<MailboxId> id = MailboxList.find(rows, name);
    return id.isEmpty() ? null : mailbox(id.get());
  }

  MailboxRow inbox() {
    MailboxRow inbox = mailbox(MailboxId.INBOX);
    if (inbox == null) {
      throw new IllegalStateException("an account without INBOX");
    }
    return inbox;
  }

  Usage usage() {
    return account.usage();
  }

  /** A mailbox of a name that is free; it gets the special use that its name says, if none has. */
  MailboxRow create(MailboxName name) {
    // RFC 9051 §2.3.1.1: a mailbox of the same name must never have the same UIDs again
    account().lastUidValidity = Math.max(account.lastUidValidity + 1, now.getEpochSecond());
    MailboxRow mailbox =
        new MailboxRow(
            new MailboxId(account.nextMailbox++),
            name,
            account.lastUidValidity,
            MailboxList.freeUse(rows, name),
            List.of());
    mailbox.highestModseq = modseq();
    mailboxes.put(mailbox.id, mailbox);
    txn.put(RowKey.mailbox(mailbox.id), mailbox.bytes());
    txn.put(RowKey.name(name), new RowOut().number(mailbox.id.number()).bytes());
    return mailbox;
  }

  /** Gives a mailbox a name that is free. */
  void rename(MailboxName from, MailboxName to) {
    MailboxRow mailbox = find(from);
    if (mailbox == null) {
      throw new IllegalStateException("no mailbox " + from);
    }
    mailbox.name = to;
    txn.delete(RowKey.name(from));
    txn.put(RowKey.name(to), new RowOut().number(mailbox.id.number()).bytes());
  }

  /** Removes the mailbox's own row; its messages are gone by then. */
  void drop(MailboxRow mailbox) {
    mailboxes.remove(mailbox.id);
    txn.delete(RowKey.mailbox(mailbox.id));
    txn.delete(RowKey.name(mailbox.name));
    rows.each(RowKey.vanished(mailbox.id), pair -> txn.delete(pair.key()));
  }

  /** An email that has no placement yet. */
  EmailId newEmail(BodyId body, long bodySize, NewEmail email) {
    EmailId id = new EmailId(account().nextEmail++);
    long size = bodySize + email.prefix().length;
    emails.put(id, new EmailRow(0, new ThreadId(id.number()), body, size, email.prefix()));
    if (email.summary().length > 0) {
      txn.put(RowKey.summary(id), new RowOut().octets(email.summary()).bytes());
    }
    return id;
  }

  /** What this account calls itself as a holder of the email's body. */
  String holder(EmailId email) {
    return holder(partition, email);
  }

  /** As the store's rows have it; never changes. */
  static String holder(Partition partition, EmailId email) {
    return HOLDER + partition.id() + "/" + email.text();
  }

  private EmailRow email(EmailId id) {
    return emails.computeIfAbsent(
        id, key -> EmailRow.of(rows.get(RowKey.email(key)).orElseThrow()));
  }

  /** Puts an email into a mailbox under its next UID. */
  MessageRow place(MailboxRow mailbox, EmailId id, Flags flags, Instant internalDate) {
    EmailRow email = email(id);
    MessageRow row =
        new MessageRow(
            mailbox.id,
            mailbox.uidNext++,
            mailbox.admit(flags),
            modseq(),
            Instant.ofEpochSecond(Math.max(0, internalDate.getEpochSecond())),
            now,
            email.size(),
            id,
            email.thread());
    emails.put(id, email.plus(1));
    write(mailbox, row);
    count(mailbox, row, 1);
    return row;
  }

  private void write(MailboxRow mailbox, MessageRow row) {
    txn.put(RowKey.placement(mailbox.id, row.uid()), Placement.bytes(row, mailbox));
    txn.put(RowKey.change(mailbox.id, row.modseq(), row.uid()), new RowOut().bytes());
  }

  private void count(MailboxRow mailbox, MessageRow row, int sign) {
    mailbox.count(row, sign);
    mailbox.highestModseq = modseq();
    account().bytes += sign * row.size();
    account().messages += sign;
  }

  /** The row with other flags; the same row if they are the ones it has. */
  MessageRow flag(MailboxRow mailbox, MessageRow before, Flags flags) {
    Flags admitted = mailbox.admit(flags);
    if (admitted.equals(before.flags())) {
      return before;
    }
    MessageRow after =
        new MessageRow(
            before.mailbox(),
            before.uid(),
            admitted,
            modseq(),
            before.internalDate(),
            before.saveDate(),
            before.size(),
            before.email(),
            before.thread());
    txn.delete(RowKey.change(mailbox.id, before.modseq(), before.uid()));
    write(mailbox, after);
    count(mailbox, before, -1);
    count(mailbox, after, 1);
    return after;
  }

  /** Changes the flags of those whose MODSEQ is at most {@code unchangedSince}. */
  StoredFlags flag(
      MailboxRow mailbox, List<MessageRow> rows, FlagChange flags, long unchangedSince) {
    List<MessageRow> stored = new ArrayList<>();
    List<Long> modified = new ArrayList<>();
    for (MessageRow row : rows) {
      if (row.modseq() > unchangedSince) {
        modified.add(row.uid());
      } else {
        stored.add(flag(mailbox, row, flags.applyTo(row.flags())));
      }
    }
    return new StoredFlags(stored, UidSet.of(modified));
  }

  /** Removes those that {@code which} says. */
  Expunged remove(MailboxRow mailbox, List<MessageRow> rows, Predicate<MessageRow> which) {
    List<Long> gone = new ArrayList<>();
    for (MessageRow row : rows) {
      if (which.test(row)) {
        remove(mailbox, row);
        gone.add(row.uid());
      }
    }
    return new Expunged(UidSet.of(gone), mailbox.highestModseq);
  }

  /** Takes a message out of a mailbox and leaves a tombstone. */
  void remove(MailboxRow mailbox, MessageRow row) {
    txn.delete(RowKey.placement(mailbox.id, row.uid()));
    txn.delete(RowKey.change(mailbox.id, row.modseq(), row.uid()));
    byte[] when = new RowOut().number(now.getEpochSecond()).bytes();
    txn.put(RowKey.vanished(mailbox.id, modseq(), row.uid()), when);
    count(mailbox, row, -1);
    emails.put(row.email(), email(row.email()).plus(-1));
  }

  /** Writes the rows that were kept back. Called once, at the end of the update. */
  void finish() {
    if (accountChanged) {
      txn.put(RowKey.ACCOUNT, account.bytes());
    }
    for (MailboxRow mailbox : mailboxes.values()) {
      byte[] row = mailbox.bytes();
      if (!Arrays.equals(row, read.get(mailbox.id))) {
        txn.put(RowKey.mailbox(mailbox.id), row);
      }
    }
    emails.forEach(
        (id, row) -> {
          if (row.placements() > 0) {
            txn.put(RowKey.email(id), row.bytes());
          } else {
            txn.delete(RowKey.email(id));
            txn.delete(RowKey.summary(id));
            txn.release(row.body(), holder(id));
          }
        });
  }
}
