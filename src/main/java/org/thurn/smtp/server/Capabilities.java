package org.thurn.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.net.Connection;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.smtp.Reply;

/** What EHLO and LHLO announce, which depends on the protocol, on TLS and on who asks. */
record Capabilities(
    SmtpServerSettings settings,
    Connection connection,
    Optional<TlsUpgrade> tls,
    Optional<SaslMechanisms> sasl) {

  Reply ehlo(String client) {
    List<String> lines = new ArrayList<>();
    lines.add(settings.hostname().ascii() + " greets " + client);
    lines.add("PIPELINING");
    lines.add("SIZE " + settings.maxMessageOctets());
    lines.add("8BITMIME");
    lines.add("SMTPUTF8");
    lines.add("CHUNKING");
    lines.add("BINARYMIME");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("DSN");
    // RFC 9422 §3
    lines.add(
        "LIMITS MAILMAX=" + settings.maxTransactions() + " RCPTMAX=" + settings.maxRecipients());
    if (offersStartTls()) {
      lines.add("STARTTLS");
    }
    List<String> mechanisms = mechanisms();
    if (!mechanisms.isEmpty()) {
      lines.add("AUTH " + String.join(" ", mechanisms));
    }
    return Reply.plain(250, lines.toArray(String[]::new));
  }

  boolean offersStartTls() {
    return tls.isPresent() && connection.tls().isEmpty();
  }

  /** AUTH is for submission only: on port 25 a password would only be guessed at. */
  List<String> mechanisms() {
    return settings.protocol() == Protocol.SUBMISSION
        ? sasl.map(s -> s.offered(connection.tls(), plaintextAllowed())).orElse(List.of())
        : List.of();
  }

  boolean plaintextAllowed() {
    return settings.plaintextAuthOnLoopback() && connection.remote().isLoopback();
  }
}
