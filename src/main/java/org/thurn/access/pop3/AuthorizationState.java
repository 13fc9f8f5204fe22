package org.thurn.access.pop3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.thurn.access.pop3.Pop3Parser.Pop3SyntaxException;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.net.CrlfReader;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.FailedLogins;
import org.thurn.sasl.FailedLogins.Judgement;
import org.thurn.sasl.SaslServer;
import org.thurn.sasl.SaslServer.Step;

/** STLS, USER, PASS and AUTH (RFC 1939 §4 and §7, RFC 2595 §4, RFC 5034 §4). */
final class AuthorizationState {
  private final Pop3Session session;
  private final Pop3Server server;

  AuthorizationState(Pop3Session session) {
    this.session = session;
    this.server = session.server();
  }

  void run(Pop3Command.Authorization command) throws IOException, Pop3SyntaxException {
    switch (command) {
      case Pop3Command.Stls() -> stls();
      case Pop3Command.User(String name) -> user(name);
      case Pop3Command.Pass(String password) -> pass(password);
      case Pop3Command.Auth auth when auth.mechanism().isEmpty() -> mechanisms();
      case Pop3Command.Auth auth -> auth(auth);
    }
  }

  private void stls() throws IOException {
    Optional<TlsUpgrade> tls = server.settings().tls();
    if (tls.isEmpty() || session.connection().tls().isPresent()) {
      session.err("TLS cannot be started");
      return;
    }
    session.ok("Begin TLS negotiation");
    session.out().flush();
    session.connection().startTls(tls.get());
    Pop3Server.noteTls(session.connection(), session.journey());
  }

  private void user(String name) throws IOException {
    if (!session.passwordsAllowed()) {
      session.err("Passwords need TLS");
      return;
    }
    session.user(name);
    session.ok("Send PASS"); // whether there is such a user is not told
  }

  private void pass(String password) throws IOException {
    Optional<String> user = session.takeUser();
    if (user.isEmpty()) {
      session.err("USER first");
      return;
    }
    Optional<Mailbox> account = server.credentials().verify(user.get(), password);
    settle(
        "USER",
        account
            .<Step>map(Step.Success::new)
            .orElseGet(() -> new Step.Failure(user.get(), "wrong user or password")));
  }

  private void mechanisms() throws IOException {
    session.ok("Mechanisms");
    for (String mechanism :
        server.mechanisms().offered(session.connection().tls(), session.plaintextAllowed())) {
      session.line(mechanism);
    }
    session.line(".");
  }

  private void auth(Pop3Command.Auth command) throws IOException, Pop3SyntaxException {
    Optional<SaslServer> exchange =
        server
            .mechanisms()
            .start(command.mechanism(), session.connection().tls(), session.plaintextAllowed());
    if (exchange.isEmpty()) {
      session.err(session.passwordsAllowed() ? "No such mechanism" : "Authentication needs TLS");
      return;
    }
    SaslServer sasl = exchange.get();
    String initial = command.initialResponse().orElse("");
    // RFC 5034 §4: "=" is an initial response of no octets
    Step step = sasl.respond(base64(initial.equals("=") ? "" : initial));
    while (step instanceof Step.Challenge(byte[] data)) {
      session.line("+ " + Base64.getEncoder().encodeToString(data));
      session.out().flush();
      step = sasl.respond(base64(response()));
    }
    settle(sasl.mechanism(), step);
  }

  private void settle(String mechanism, Step outcome) throws IOException {
    FailedLogins failures = server.mechanisms().failures();
    Judgement judgement =
        switch (outcome) {
          case Step.Success success -> failures.judge(session.connection().remote(), success);
          case Step.Failure failure -> failures.judge(session.connection().remote(), failure);
          case Step.Challenge challenge -> throw new IllegalStateException("the exchange goes on");
        };
    switch (judgement) {
      case Judgement.Admitted(Mailbox account) -> succeeded(mechanism, account);
      case Judgement.Denied(String user, String reason, Duration wait) -> {
        session.journey().note(new Event.AuthenticationFailed(mechanism, user, reason));
        failed(wait, "[AUTH] Authentication failed");
      }
      case Judgement.Later(String user, Duration wait) -> {
        String reason = Judgement.Later.REASON;
        session.journey().note(new Event.AuthenticationFailed(mechanism, user, reason));
        failed(wait, "[SYS/TEMP] Too many failed logins, try later");
      }
    }
  }

  private String response() throws IOException, Pop3SyntaxException {
    CrlfReader.Line line =
        session.connection().reader().readLine(server.settings().limits().lineOctets());
    if (line instanceof CrlfReader.Line.Text text && !text.utf8().equals("*")) {
      return text.utf8();
    }
    if (line instanceof CrlfReader.Line.End) {
      throw new IOException("the client left in mid-authentication");
    }
    throw new Pop3SyntaxException("Authentication cancelled");
  }

  private static byte[] base64(String text) throws Pop3SyntaxException {
    try {
      return Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // the decoder's words could show a part of a password
      throw new Pop3SyntaxException("Bad base64");
    }
  }

  private void succeeded(String mechanism, Mailbox account) throws IOException {
    session.journey().note(new Event.AuthenticationSucceeded(mechanism, account.toString()));
    if (!session.open(account)) {
      session.err("[IN-USE] Another session has the maildrop");
      return;
    }
    session.connection().readTimeout(server.settings().limits().idleTimeout());
    session.ok("Maildrop ready");
  }

  /** Each failure waits longer, and the last ends the connection. */
  private void failed(Duration wait, String answer) throws IOException {
    Pop3Settings.Limits limits = server.settings().limits();
    int failures = session.countLoginFailure();
    Duration own = limits.failureDelay().multipliedBy(1L << Math.min(failures - 1, 5));
    try {
      server.time().pause(wait.compareTo(own) > 0 ? wait : own);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the server stops").initCause(e);
    }
    session.err(answer);
    if (failures >= limits.loginFailures()) {
      session.end();
    }
  }
}
