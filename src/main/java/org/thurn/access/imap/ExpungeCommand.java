package org.thurn.access.imap;

import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.mailbox.Expunged;
import org.thurn.mailbox.UidSet;

/** EXPUNGE, UID EXPUNGE and CLOSE (RFC 9051 §6.4.1, §6.4.3, §6.4.9). */
final class ExpungeCommand {
  private ExpungeCommand() {}

  /** The EXPUNGE responses are those of the view's update, as for anybody's expunge. */
  static Completion expunge(ImapSession session, ImapCommand.Expunge command)
      throws ImapSyntaxException {
    SelectedMailbox selected = session.selected();
    if (selected.readOnly()) {
      return Completion.no("CANNOT", "The mailbox is open read-only");
    }
    UidSet uids =
        command.uids().isPresent() ? selected.resolve(command.uids().get(), true) : UidSet.ALL;
    remove(session, selected, uids);
    return Completion.ok("Completed");
  }

  /** CLOSE tells no EXPUNGE. */
  static Completion close(ImapSession session) {
    SelectedMailbox selected = session.selected();
    if (!selected.readOnly()) {
      remove(session, selected, UidSet.ALL);
    }
    session.unselect();
    return Completion.ok("Completed");
  }

  private static void remove(ImapSession session, SelectedMailbox selected, UidSet uids) {
    Expunged expunged = session.mail().expunge(selected.id(), uids);
    if (!expunged.uids().isEmpty()) {
      session.changed(selected.name(), "expunge", expunged.uids().count());
    }
  }
}
