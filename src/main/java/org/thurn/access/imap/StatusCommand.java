package org.thurn.access.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapCommand.StatusItem;
import org.thurn.mailbox.MailboxStatus;

/** STATUS (RFC 9051 §6.3.11), and the STATUS responses of LIST (RFC 5819). */
final class StatusCommand {
  private StatusCommand() {}

  static Completion status(ImapSession session, ImapCommand.Status command) throws IOException {
    Optional<MailboxStatus> status =
        session.find(command.mailbox()).flatMap(session.mail()::status);
    if (status.isEmpty()) {
      return Completion.nonexistent();
    }
    if (command.items().contains(StatusItem.HIGHESTMODSEQ)) {
      session.enableCondstore(); // RFC 7162 §3.1: asking for it enables CONDSTORE
    }
    respond(session, status.get(), command.items());
    return Completion.ok("Completed");
  }

  static void respond(ImapSession session, MailboxStatus status, List<StatusItem> items)
      throws IOException {
    ResponseWriter out = session.out();
    out.text("* STATUS ").octets(session.wire(status.name().text())).text(" (");
    for (int i = 0; i < items.size(); i++) {
      String value = items.get(i).name() + ' ' + value(status, items.get(i));
      out.text(i == 0 ? value : ' ' + value);
    }
    out.octet(')').crlf();
  }

  private static String value(MailboxStatus status, StatusItem item) {
    return switch (item) {
      case MESSAGES -> "" + status.messages();
      case RECENT -> "0"; // RFC 9051 gave it up; no message is recent for us
      case UIDNEXT -> "" + status.uidNext();
      case UIDVALIDITY -> "" + status.uidValidity();
      case UNSEEN -> "" + status.unseen();
      case DELETED -> "" + status.deleted();
      case SIZE -> "" + status.size();
      case HIGHESTMODSEQ -> "" + status.highestModseq();
      case MAILBOXID -> "(" + status.id().text() + ")";
    };
  }
}
