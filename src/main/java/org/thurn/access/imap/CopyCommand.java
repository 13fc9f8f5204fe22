package org.thurn.access.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.mailbox.Copy;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.UidSet;

/** COPY and MOVE (RFC 9051 §6.4.7, §6.4.8). */
final class CopyCommand {
  private CopyCommand() {}

  static Completion copy(ImapSession session, ImapCommand.Copy command) throws ImapSyntaxException {
    Optional<MailboxId> to = session.find(command.mailbox());
    if (to.isEmpty()) {
      return Completion.tryCreate();
    }
    SelectedMailbox from = session.selected();
    UidSet uids = from.resolve(command.set(), command.uid());
    Copy copy = session.mail().copy(from.id(), uids, to.get());
    note(session, copy, command.mailbox(), "copy");
    return switch (copy) {
      case Copy.Copied copied when copied.from().isEmpty() -> Completion.ok("No messages");
      case Copy.Copied copied -> Completion.ok(copyUid(copied), "Completed");
      case Copy.NoMailbox() -> Completion.tryCreate();
      case Copy.OverQuota() -> Completion.overQuota();
    };
  }

  /** COPYUID goes in an untagged OK, before the EXPUNGEs (RFC 9051 §6.4.8). */
  static Completion move(ImapSession session, ImapCommand.Move command)
      throws IOException, ImapSyntaxException {
    SelectedMailbox from = session.selected();
    if (from.readOnly()) {
      return Completion.no("CANNOT", "The mailbox is open read-only");
    }
    Optional<MailboxId> to = session.find(command.mailbox());
    if (to.isEmpty()) {
      return Completion.tryCreate();
    }
    UidSet uids = from.resolve(command.set(), command.uid());
    Copy move = session.mail().move(from.id(), uids, to.get());
    note(session, move, command.mailbox(), "move");
    return switch (move) {
      case Copy.Copied moved -> {
        if (!moved.from().isEmpty()) {
          session.out().untagged("OK [" + copyUid(moved) + "] Moved");
        }
        yield Completion.ok("Completed");
      }
      case Copy.NoMailbox() -> Completion.tryCreate();
      case Copy.OverQuota() -> Completion.overQuota();
    };
  }

  private static void note(ImapSession session, Copy copy, String mailbox, String action) {
    if (copy instanceof Copy.Copied(long uidValidity, List<Long> from, List<Long> to)
        && !to.isEmpty()) {
      session.name(mailbox).ifPresent(name -> session.changed(name, action, from.size()));
    }
  }

  private static String copyUid(Copy.Copied copied) {
    return "COPYUID "
        + copied.uidValidity()
        + ' '
        + UidSet.of(copied.from())
        + ' '
        + UidSet.of(copied.to());
  }
}
