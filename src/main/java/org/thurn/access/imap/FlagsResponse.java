package org.thurn.access.imap;

import java.io.IOException;
import java.util.List;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.SystemFlag;

/** {@code FETCH (UID … FLAGS (…))}: how flags are told, asked for or not. */
final class FlagsResponse {
  private static final List<SystemFlag> SYSTEM = List.of(SystemFlag.values());

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
    String separator = "";
    for (SystemFlag flag : SYSTEM) {
      if (flags.has(flag)) {
        out.text(separator).text(flag.text());
        separator = " ";
      }
    }
    for (String keyword : flags.keywords()) {
      out.text(separator).text(keyword);
      separator = " ";
    }
    out.octet(')');
  }

  static void modseq(ResponseWriter out, MessageRow row) throws IOException {
    out.text("MODSEQ (").number(row.modseq()).octet(')');
  }
}
