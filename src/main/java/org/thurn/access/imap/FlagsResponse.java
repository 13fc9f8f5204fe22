package org.thurn.access.imap;

import java.io.IOException;
import java.util.List;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MessageRow;

/** {@code FETCH (UID … FLAGS (…))}: how flags are told, asked for or not. */
final class FlagsResponse {
  private FlagsResponse() {}

  static void write(ResponseWriter out, int number, MessageRow row, boolean condstore)
      throws IOException {
    out.text("* ").number(number).text(" FETCH (UID ").number(row.uid());
    flags(out.octet(' '), row.flags());
    if (condstore) {
      modseq(out.octet(' '), row);
    }
    out.octet(')').crlf();
  }

  static void flags(ResponseWriter out, Flags flags) throws IOException {
    out.text("FLAGS (");
    List<String> texts = flags.texts();
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.octet(' ');
      }
      out.text(texts.get(i));
    }
    out.octet(')');
  }

  static void modseq(ResponseWriter out, MessageRow row) throws IOException {
    out.text("MODSEQ (").number(row.modseq()).octet(')');
  }
}
