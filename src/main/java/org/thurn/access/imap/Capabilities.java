package org.thurn.access.imap;

import java.util.ArrayList;
import java.util.List;

/** What CAPABILITY says, which depends on the state (RFC 9051 §6.1.1). */
final class Capabilities {
  /** LITERAL+ says all that LITERAL- says; RFC 7888 §5 wants one of the two only. */
  private static final List<String> ALWAYS =
      List.of("IMAP4rev1", "IMAP4rev2", "LITERAL+", "SASL-IR", "ID", "ENABLE", "IDLE");

  private static final List<String> AUTHENTICATED =
      List.of(
          "NAMESPACE",
          "UNSELECT",
          "UIDPLUS",
          "MOVE",
          "ESEARCH",
          "SEARCHRES",
          "WITHIN",
          "CHILDREN",
          "LIST-EXTENDED",
          "LIST-STATUS",
          "SPECIAL-USE",
          "STATUS=SIZE",
          "CONDSTORE",
          "BINARY",
          "OBJECTID",
          "SAVEDATE");

  private Capabilities() {}

  static String of(ImapSession session) {
    List<String> all = new ArrayList<>(ALWAYS);
    ImapSettings settings = session.server().settings();
    if (session.isAuthenticated()) {
      all.addAll(AUTHENTICATED);
      all.add("APPENDLIMIT=" + settings.appendLimit());
      return String.join(" ", all);
    }
    if (settings.tls().isPresent() && session.connection().tls().isEmpty()) {
      all.add("STARTTLS");
    }
    for (String mechanism :
        session
            .server()
            .mechanisms()
            .offered(session.connection().tls(), session.plaintextAllowed())) {
      all.add("AUTH=" + mechanism);
    }
    if (!session.passwordsAllowed()) {
      all.add("LOGINDISABLED");
    }
    return String.join(" ", all);
  }
}
