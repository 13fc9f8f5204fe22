package org.thurn.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.net.Connection;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.Reply;

/**
 * What EHLO and LHLO announce and HELP names, which depends on the protocol, on TLS and on who
 * asks.
 */
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
    if (offersRequireTls()) {
      lines.add("REQUIRETLS");
    }
    List<String> mechanisms = mechanisms();
    if (!mechanisms.isEmpty()) {
      lines.add("AUTH " + String.join(" ", mechanisms));
    }
    return Reply.plain(250, lines.toArray(String[]::new));
  }

  /** HELP names the commands that this session may use. */
  Reply help() {
    List<String> commands = new ArrayList<>();
    commands.add(settings.protocol() == Protocol.LMTP ? "LHLO" : "HELO EHLO");
    commands.add("MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT");
    if (offersStartTls()) {
      commands.add("STARTTLS");
    }
    if (!mechanisms().isEmpty()) {
      commands.add("AUTH");
    }
    String see = settings.protocol() == Protocol.LMTP ? "See RFC 2033" : "See RFC 5321";
    return new Reply(
        214, Optional.of(EnhancedStatus.of("2.0.0")), List.of(String.join(" ", commands), see));
  }

  boolean offersStartTls() {
    return tls.isPresent() && connection.tls().isEmpty();
  }

  /** RFC 8689 §2: behind TLS only. */
  private boolean offersRequireTls() {
    return connection.tls().isPresent();
  }

  /** Why MAIL with these parameters cannot be, whoever says it. */
  Optional<Reply> refusal(MailParameters parameters) {
    // RFC 1870 §6.1
    if (parameters.size().orElse(0) > settings.maxMessageOctets()) {
      return Optional.of(Replies.TOO_BIG);
    }
    return parameters.requireTls() && !offersRequireTls()
        ? Optional.of(Replies.REQUIRETLS_NEEDS_TLS)
        : Optional.empty();
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
