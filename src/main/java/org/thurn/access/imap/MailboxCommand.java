package org.thurn.access.imap;

import java.util.Optional;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MailboxOutcome;

/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8). */
final class MailboxCommand {
  private static final Completion BAD_NAME =
      Completion.no("CANNOT", "No mailbox can have this name");

  private MailboxCommand() {}

  static Completion create(ImapSession session, ImapCommand.Create command) {
    // RFC 9051 §6.3.4: a name that ends in the delimiter announces children
    String wire = command.mailbox();
    String trimmed = wire.endsWith("/") ? wire.substring(0, wire.length() - 1) : wire;
    Optional<MailboxName> name = session.name(trimmed);
    if (name.isEmpty()) {
      return BAD_NAME;
    }
    MailboxOutcome outcome = session.mail().create(name.get());
    note(session, outcome, name.get(), "create");
    Optional<MailboxId> id =
        outcome == MailboxOutcome.DONE ? session.mail().find(name.get()) : Optional.empty();
    return id.isPresent()
        ? Completion.ok("MAILBOXID (" + id.get().text() + ")", "Completed")
        : Completion.of(outcome);
  }

  static Completion delete(ImapSession session, ImapCommand.Delete command) {
    Optional<MailboxName> name = session.name(command.mailbox());
    if (name.isEmpty()) {
      return Completion.nonexistent();
    }
    Optional<MailboxId> id = session.mail().find(name.get());
    boolean selected = session.selection().map(SelectedMailbox::id).equals(id) && id.isPresent();
    MailboxOutcome outcome = session.mail().delete(name.get());
    note(session, outcome, name.get(), "delete");
    if (selected && outcome == MailboxOutcome.DONE) {
      session.unselect();
    }
    return Completion.of(outcome);
  }

  static Completion rename(ImapSession session, ImapCommand.Rename command) {
    Optional<MailboxName> from = session.name(command.from());
    Optional<MailboxName> to = session.name(command.to());
    if (from.isEmpty()) {
      return Completion.nonexistent();
    }
    if (to.isEmpty()) {
      return BAD_NAME;
    }
    MailboxOutcome outcome = session.mail().rename(from.get(), to.get());
    note(session, outcome, to.get(), "rename");
    return Completion.of(outcome);
  }

  /** A name without a mailbox may be subscribed (RFC 9051 §6.3.7). */
  static Completion subscribe(ImapSession session, ImapCommand.Subscribe command) {
    Optional<MailboxName> name = session.name(command.mailbox());
    return name.isEmpty()
        ? BAD_NAME
        : Completion.of(session.mail().subscribe(name.get(), command.subscribed()));
  }

  private static void note(
      ImapSession session, MailboxOutcome outcome, MailboxName name, String action) {
    if (outcome == MailboxOutcome.DONE) {
      session.changed(name, action, 0);
    }
  }
}
