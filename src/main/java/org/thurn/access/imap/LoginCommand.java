package org.thurn.access.imap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslServer;
import org.thurn.sasl.SaslServer.Step;

/** STARTTLS, AUTHENTICATE and LOGIN (RFC 9051 §6.2). */
final class LoginCommand {
  private LoginCommand() {}

  static Completion run(ImapSession session, ImapCommand.NotAuthenticated command)
      throws IOException, ImapSyntaxException {
    return switch (command) {
      case ImapCommand.StartTls startTls -> startTls(session);
      case ImapCommand.Authenticate authenticate -> authenticate(session, authenticate);
      case ImapCommand.Login login -> login(session, login);
    };
  }

  private static Completion startTls(ImapSession session) {
    if (session.connection().tls().isPresent()) {
      return Completion.bad("TLS is active already");
    }
    return session.server().settings().tls().isPresent()
        ? Completion.ok("Begin TLS negotiation now")
        : Completion.bad("TLS is not offered");
  }

  /** After the tagged OK; the client asks for the capabilities anew (RFC 9051 §6.2.1). */
  static void handshake(ImapSession session) throws IOException {
    TlsUpgrade upgrade = session.server().settings().tls().orElseThrow();
    session.connection().startTls(upgrade);
    ImapServer.noteTls(session.connection(), session.journey());
  }

  private static Completion login(ImapSession session, ImapCommand.Login login) throws IOException {
    if (!session.passwordsAllowed()) {
      return Completion.no("PRIVACYREQUIRED", "Passwords need TLS");
    }
    Optional<Mailbox> account =
        session.server().credentials().verify(login.user(), login.password());
    return account.isPresent()
        ? succeeded(session, "LOGIN", account.get())
        : failed(session, "LOGIN", login.user(), "wrong user or password");
  }

  private static Completion authenticate(ImapSession session, ImapCommand.Authenticate command)
      throws IOException, ImapSyntaxException {
    Optional<SaslServer> exchange =
        session
            .server()
            .mechanisms()
            .start(command.mechanism(), session.connection().tls(), session.plaintextAllowed());
    if (exchange.isEmpty()) {
      return session.passwordsAllowed()
          ? Completion.no("CANNOT", "No such mechanism")
          : Completion.no("PRIVACYREQUIRED", "Authentication needs TLS");
    }
    SaslServer sasl = exchange.get();
    String initial = command.initialResponse().orElse("");
    // RFC 4959 §3: "=" is an initial response of no octets
    Step step = sasl.respond(initial.equals("=") ? new byte[0] : base64(initial));
    while (step instanceof Step.Challenge(byte[] data)) {
      session.out().continuation(Base64.getEncoder().encodeToString(data));
      if (!session.input().next()) {
        throw new IOException("the client left in mid-authentication");
      }
      String response = session.input().rest();
      if (response.equals("*")) {
        return Completion.bad("Authentication cancelled");
      }
      step = sasl.respond(base64(response));
    }
    return switch (step) {
      case Step.Success(Mailbox account) -> succeeded(session, sasl.mechanism(), account);
      case Step.Failure(String user, String reason) ->
          failed(session, sasl.mechanism(), user, reason);
      case Step.Challenge challenge -> throw new IllegalStateException("the exchange goes on");
    };
  }

  private static byte[] base64(String text) throws ImapSyntaxException {
    try {
      return Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // the decoder's words could show a part of a password
      throw new ImapSyntaxException("Bad base64");
    }
  }

  private static Completion succeeded(ImapSession session, String mechanism, Mailbox account)
      throws IOException {
    session.journey().note(new Event.AuthenticationSucceeded(mechanism, account.toString()));
    session.authenticated(account);
    return Completion.ok("CAPABILITY " + Capabilities.of(session), "Logged in");
  }

  /** Each failure waits longer, and the last ends the connection. */
  private static Completion failed(
      ImapSession session, String mechanism, String user, String reason) throws IOException {
    session.journey().note(new Event.AuthenticationFailed(mechanism, user, reason));
    ImapSettings.Limits limits = session.server().settings().limits();
    int failures = session.countLoginFailure();
    pause(session, limits.failureDelay().multipliedBy(1L << Math.min(failures - 1, 5)));
    if (failures >= limits.loginFailures()) {
      session.out().untagged("BYE Too many failed logins");
      session.end();
    }
    return Completion.no("AUTHENTICATIONFAILED", "Authentication failed");
  }

  private static void pause(ImapSession session, Duration delay) throws IOException {
    try {
      session.server().time().pause(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the server stops").initCause(e);
    }
  }
}
