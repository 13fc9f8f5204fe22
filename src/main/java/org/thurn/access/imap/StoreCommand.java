package org.thurn.access.imap;

import java.io.IOException;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.StoredFlags;
import org.thurn.mailbox.UidSet;

/** STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3). */
final class StoreCommand {
  private StoreCommand() {}

  static Completion store(ImapSession session, ImapCommand.Store command)
      throws IOException, ImapSyntaxException {
    SelectedMailbox selected = session.selected();
    if (selected.readOnly()) {
      return Completion.no("CANNOT", "The mailbox is open read-only");
    }
    if (command.unchangedSince().isPresent()) {
      session.enableCondstore();
    }
    UidSet uids = selected.resolve(command.set(), command.uid());
    StoredFlags stored =
        session
            .mail()
            .store(
                selected.id(),
                uids,
                command.change(),
                command.unchangedSince().orElse(Long.MAX_VALUE));
    for (MessageRow row : stored.rows()) {
      selected.told(row.modseq());
      tell(session, row, command.silent());
    }
    if (!stored.rows().isEmpty()) {
      session.changed(selected.name(), "store", stored.rows().size());
    }
    return stored.modified().isEmpty()
        ? Completion.ok("Completed")
        : Completion.ok("MODIFIED " + modified(selected, stored, command.uid()), "Some changed");
  }

  /** .SILENT still tells the new MODSEQ where CONDSTORE is on (RFC 7162 §3.1.3). */
  private static void tell(ImapSession session, MessageRow row, boolean silent) throws IOException {
    int number = session.selected().numbers().number(row.uid());
    if (number == 0 || (silent && !session.condstore())) {
      return;
    }
    if (!silent) {
      FlagsResponse.write(session.out(), number, row, session.condstore());
      return;
    }
    ResponseWriter out = session.out();
    out.text("* ").number(number).text(" FETCH (UID ").number(row.uid()).octet(' ');
    FlagsResponse.modseq(out, row);
    out.octet(')').crlf();
  }

  private static String modified(SelectedMailbox selected, StoredFlags stored, boolean uid) {
    return uid
        ? stored.modified().toString()
        : selected.numbers().numbers(stored.modified()).toString();
  }
}
