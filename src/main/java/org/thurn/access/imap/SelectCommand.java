package org.thurn.access.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.mailbox.MailboxStatus;
import org.thurn.mailbox.SystemFlag;

/** ENABLE, SELECT, EXAMINE and UNSELECT (RFC 9051 §6.3.1, §6.3.2, §6.4.2). */
final class SelectCommand {
  private SelectCommand() {}

  static Completion enable(ImapSession session, ImapCommand.Enable command) throws IOException {
    StringBuilder enabled = new StringBuilder("ENABLED");
    for (String capability : command.capabilities()) {
      switch (capability) {
        case "CONDSTORE" -> session.enableCondstore();
        case "IMAP4REV2" -> session.enableRev2();
        default -> {
          continue; // RFC 9051 §6.3.1: what we do not know is passed over
        }
      }
      enabled.append(' ').append(capability.equals("IMAP4REV2") ? "IMAP4rev2" : capability);
    }
    session.out().untagged(enabled.toString());
    return Completion.ok("Completed");
  }

  static Completion select(ImapSession session, ImapCommand.Select command) throws IOException {
    if (session.selection().isPresent()) {
      session.unselect();
      session.out().untagged("OK [CLOSED] The mailbox before is closed");
    }
    if (command.condstore()) {
      session.enableCondstore();
    }
    Optional<MailboxStatus> status =
        session.find(command.mailbox()).flatMap(session.mail()::status);
    if (status.isEmpty()) {
      return Completion.nonexistent();
    }
    SelectedMailbox selected =
        new SelectedMailbox(session.mail(), status.get(), command.readOnly());
    describe(session, status.get(), selected);
    session.select(selected);
    return command.readOnly()
        ? Completion.ok("READ-ONLY", "Completed")
        : Completion.ok("READ-WRITE", "Completed");
  }

  private static void describe(ImapSession session, MailboxStatus status, SelectedMailbox selected)
      throws IOException {
    ResponseWriter out = session.out();
    List<String> flags = new ArrayList<>();
    for (SystemFlag flag : SystemFlag.values()) {
      flags.add(flag.text());
    }
    flags.addAll(status.keywords());
    String known = String.join(" ", flags);
    out.untagged("FLAGS (" + known + ")");
    String permanent = known + (status.moreKeywords() ? " \\*" : "");
    out.untagged(
        "OK [PERMANENTFLAGS (" + (selected.readOnly() ? "" : permanent) + ")] Flags that are kept");
    out.untagged(selected.exists() + " EXISTS");
    if (session.rev2()) {
      // RFC 9051 §6.3.2: the LIST response tells the mailbox's name
      out.text("* LIST () \"/\" ").octets(session.wire(status.name().text())).crlf();
    } else {
      out.untagged("0 RECENT");
      unseen(session, selected);
    }
    out.untagged("OK [UIDVALIDITY " + status.uidValidity() + "] UIDs are valid");
    out.untagged("OK [UIDNEXT " + status.uidNext() + "] Predicted next UID");
    out.untagged("OK [HIGHESTMODSEQ " + status.highestModseq() + "] Highest");
    out.untagged("OK [MAILBOXID (" + status.id().text() + ")] Id");
  }

  /** RFC 3501 §7.1; it may be left out, as it is where the numbers are not counted yet. */
  private static void unseen(ImapSession session, SelectedMailbox selected) throws IOException {
    OptionalLong first =
        selected.isLoaded() ? session.mail().firstUnseen(selected.id()) : OptionalLong.empty();
    int number = first.isPresent() ? selected.numbers().number(first.getAsLong()) : 0;
    if (number > 0) {
      session.out().untagged("OK [UNSEEN " + number + "] First unseen");
    }
  }

  static Completion unselect(ImapSession session) {
    session.unselect();
    return Completion.ok("Completed");
  }
}
