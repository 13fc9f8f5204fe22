package org.thurn.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader.Line;
import org.thurn.sasl.FailedLogins;
import org.thurn.sasl.FailedLogins.Judgement;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.sasl.SaslServer;
import org.thurn.sasl.SaslServer.Step;
import org.thurn.smtp.Command;
import org.thurn.smtp.Reply;
import org.thurn.store.StoreException;
import org.thurn.time.Time;

/** The exchange that AUTH begins, RFC 4954 §4. */
final class AuthDialogue {
  /** RFC 4954 §4: a line of the exchange has at most 12288 octets. */
  static final int MAX_LINE = 12_288;

  private static final Reply OK = Reply.of(235, "2.7.0", "Authentication successful");
  private static final Reply FAILED = Reply.of(535, "5.7.8", "Authentication credentials invalid");
  private static final Reply TOO_MANY = Reply.of(454, "4.7.0", "Too many failed logins, try later");
  private static final Reply UNKNOWN = Reply.of(504, "5.5.4", "Mechanism not recognized");
  private static final Reply NEEDS_TLS =
      Reply.of(538, "5.7.11", "Encryption required for requested authentication mechanism");
  private static final Reply CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled");
  private static final Reply NOT_BASE64 = Reply.of(501, "5.5.2", "Not base64");
  private static final Reply TOO_LONG = Reply.of(500, "5.5.6", "Authentication exchange too long");
  private static final Reply TEMPORARY = Reply.of(454, "4.7.0", "Temporary authentication failure");

  private final SmtpServerSettings settings;
  private final Connection connection;
  private final Capabilities capabilities;
  private final DialogueSession session;
  private final ReplyWriter replies;
  private final Time time;

  AuthDialogue(
      SmtpServerSettings settings,
      Connection connection,
      Capabilities capabilities,
      DialogueSession session,
      ReplyWriter replies,
      Time time) {
    this.settings = settings;
    this.connection = connection;
    this.capabilities = capabilities;
    this.session = session;
    this.replies = replies;
    this.time = time;
  }

  /** The exchange was ended by a reply that is not about who the client is. */
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    Ended(Reply reply) {
      super(reply.toString(), null, false, false);
      this.reply = reply;
    }
  }

  /**
   * Runs the exchange and answers.
   *
   * @return whether it failed for its credentials, which is counted
   */
  boolean run(Command.Auth command) throws IOException, InterruptedException {
    Optional<SaslServer> server = start(command);
    if (server.isEmpty()) {
      boolean needsTls = capabilities.mechanisms().isEmpty() && connection.tls().isEmpty();
      replies.sendNow(needsTls ? NEEDS_TLS : UNKNOWN);
      return false;
    }
    try {
      FailedLogins failures = capabilities.sasl().orElseThrow().failures();
      Judgement judgement =
          switch (exchange(server.get(), command.initialResponse())) {
            case Step.Success success -> failures.judge(connection.remote(), success);
            case Step.Failure failure -> failures.judge(connection.remote(), failure);
            case Step.Challenge _ -> throw new IllegalStateException("the exchange is not over");
          };
      return answer(server.get().mechanism(), judgement);
    } catch (Ended e) {
      replies.sendNow(e.reply);
      return false;
    } catch (StoreException e) {
      note(new Event.Fault("AUTH", String.valueOf(e.getMessage())));
      replies.sendNow(TEMPORARY);
      return false;
    }
  }

  private boolean answer(String mechanism, Judgement judgement)
      throws IOException, InterruptedException {
    return switch (judgement) {
      case Judgement.Admitted(Mailbox account) -> {
        session.authenticated(account);
        note(new Event.AuthenticationSucceeded(mechanism, account.toString()));
        replies.sendNow(OK);
        yield false;
      }
      case Judgement.Denied(String user, String reason, Duration wait) -> {
        note(new Event.AuthenticationFailed(mechanism, user, reason));
        refuse(FAILED, wait);
        yield true;
      }
      case Judgement.Later(String user, Duration wait) -> {
        note(new Event.AuthenticationFailed(mechanism, user, Judgement.Later.REASON));
        refuse(TOO_MANY, wait);
        yield true;
      }
    };
  }

  /** Guessing shall take its time. */
  private void refuse(Reply reply, Duration wait) throws IOException, InterruptedException {
    Duration usual = settings.authFailureDelay();
    time.pause(wait.compareTo(usual) > 0 ? wait : usual);
    replies.sendNow(reply);
  }

  private Optional<SaslServer> start(Command.Auth command) {
    Optional<SaslMechanisms> sasl = capabilities.sasl();
    return sasl.flatMap(
        s -> s.start(command.mechanism(), connection.tls(), capabilities.plaintextAllowed()));
  }

  private Step exchange(SaslServer server, Optional<String> initial) throws IOException, Ended {
    byte[] response = {};
    if (initial.isPresent() && !initial.get().equals("=")) {
      response = decode(initial.get());
    }
    Step step = server.respond(response);
    while (step instanceof Step.Challenge(byte[] data)) {
      replies.sendNow(Reply.plain(334, Base64.getEncoder().encodeToString(data)));
      step = server.respond(decode(readResponse()));
    }
    return step;
  }

  private String readResponse() throws IOException, Ended {
    connection.deadline(settings.commandTimeout());
    String line =
        switch (connection.reader().readLine(MAX_LINE)) {
          case Line.Text text -> text.latin1();
          case Line.TooLong() -> throw new Ended(TOO_LONG);
          case Line.BareEnd() -> throw new Ended(Replies.BARE_END);
          case Line.End() -> throw new EOFException("the client left within AUTH");
        };
    note(new Event.CommandReceived(line.equals("*") ? "*" : "***"));
    if (line.equals("*")) {
      // RFC 4954 §4: the client cancels
      throw new Ended(CANCELLED);
    }
    return line;
  }

  private static byte[] decode(String base64) throws Ended {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new Ended(NOT_BASE64);
    }
  }

  private void note(Event event) {
    session.journey().note(event);
  }
}
