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
import org.thurn.sasl.FailedLogins;
import org.thurn.sasl.FailedLogins.Judgement;
import org.thurn.sasl.SaslServer;
import org.thurn.sasl.SaslServer.Step;

/** STARTTLS, AUTHENTICATE and LOGIN (RFC 9051 §6.2). */
final class LoginCommand {
  private static final Completion FAILED =
      Completion.no("AUTHENTICATIONFAILED", "Authentication failed");

  // RFC 9051 §7.1: a failure that passes
  private static final Completion TOO_MANY =
      Completion.no("UNAVAILABLE", "Too many failed logins, try later");

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
    Step outcome =
        account
            .<Step>map(Step.Success::new)
            .orElseGet(() -> new Step.Failure(login.user(), "wrong user or password"));
    return settle(session, "LOGIN", outcome);
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
    return settle(session, sasl.mechanism(), step);
  }

  private static Completion settle(ImapSession session, String mechanism, Step outcome)
      throws IOException {
    FailedLogins failures = session.server().mechanisms().failures();
    Judgement judgement =
        switch (outcome) {
          case Step.Success success -> failures.judge(session.connection().remote(), success);
          case Step.Failure failure -> failures.judge(session.connection().remote(), failure);
          case Step.Challenge challenge -> throw new IllegalStateException("the exchange goes on");
        };
    return switch (judgement) {
      case Judgement.Admitted(Mailbox account) -> succeeded(session, mechanism, account);
      case Judgement.Denied(String user, String reason, Duration wait) -> {
        session.journey().note(new Event.AuthenticationFailed(mechanism, user, reason));
        yield failed(session, wait, FAILED);
      }
      case Judgement.Later(String user, Duration wait) -> {
        String reason = Judgement.Later.REASON;
        session.journey().note(new Event.AuthenticationFailed(mechanism, user, reason));
        yield failed(session, wait, TOO_MANY);
      }
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
  private static Completion failed(ImapSession session, Duration wait, Completion answer)
      throws IOException {
    ImapSettings.Limits limits = session.server().settings().limits();
    int failures = session.countLoginFailure();
    Duration own = limits.failureDelay().multipliedBy(1L << Math.min(failures - 1, 5));
    pause(session, wait.compareTo(own) > 0 ? wait : own);
    if (failures >= limits.loginFailures()) {
      session.out().untagged("BYE Too many failed logins");
      session.end();
    }
    return answer;
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
