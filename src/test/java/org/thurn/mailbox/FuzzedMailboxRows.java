package org.thurn.mailbox;

import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** Rows of an account's mail as they may stand on a damaged disk. */
public final class FuzzedMailboxRows {
  private static final MailboxRow MAILBOX =
      new MailboxRow(
          MailboxId.INBOX, MailboxName.of("INBOX"), 1, Optional.empty(), List.of("$Junk", "seen"));

  private FuzzedMailboxRows() {}

  public static FuzzTarget all() {
    return Choice.of(
        row(FuzzedMailboxRows::account),
        row(FuzzedMailboxRows::mailbox),
        row(FuzzedMailboxRows::email),
        row(FuzzedMailboxRows::placement),
        row(FuzzedMailboxRows::mark));
  }

  /** A row that cannot be read is a bug or damage: unchecked, but never more than that. */
  private static FuzzTarget row(FuzzTarget target) {
    return octets -> {
      try {
        target.take(octets);
      } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
        Promise.holds(e.getMessage() != null, () -> "damaged without words: " + e);
      }
    };
  }

  private static void account(byte[] octets) {
    byte[] row = AccountRow.of(octets).bytes();
    Promise.sameOctets(row, AccountRow.of(row).bytes(), "the account");
  }

  private static void mailbox(byte[] octets) {
    byte[] row = MailboxRow.of(MailboxId.INBOX, octets).bytes();
    Promise.sameOctets(row, MailboxRow.of(MailboxId.INBOX, row).bytes(), "the mailbox");
  }

  private static void email(byte[] octets) {
    byte[] row = EmailRow.of(octets).bytes();
    Promise.sameOctets(row, EmailRow.of(row).bytes(), "the email");
  }

  private static void placement(byte[] octets) {
    byte[] key = RowKey.placement(MailboxId.INBOX, 7);
    MessageRow message = Placement.of(key, octets, MAILBOX);
    byte[] row = Placement.bytes(message, MAILBOX);
    Promise.same(message, Placement.of(key, row, MAILBOX), "the placement");
  }

  private static void mark(byte[] octets) {
    Mark mark = Mark.of(octets);
    Promise.same(mark, Mark.of(mark.bytes()), "the mark");
  }
}
