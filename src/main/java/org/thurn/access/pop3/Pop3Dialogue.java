package org.thurn.access.pop3;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.thurn.access.pop3.Pop3Parser.Pop3SyntaxException;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader;
import org.thurn.store.StoreException;

/** Reads commands, one after the other, and answers each. */
final class Pop3Dialogue {
  private final Pop3Session session;
  private final Pop3Settings.Limits limits;
  private int bad;
  private String reason = "the client left";

  Pop3Dialogue(Pop3Server server, Connection connection, Journey journey) {
    this.session = new Pop3Session(server, connection, journey);
    this.limits = server.settings().limits();
  }

  void run() throws IOException {
    long begin = session.server().time().ticks();
    try {
      session.connection().readTimeout(limits.loginTimeout());
      session.connection().deadline(limits.loginTimeout());
      session.ok(session.server().settings().hostname() + " POP3 ready");
      session.out().flush();
      boolean more = true;
      while (more && !session.ended()) {
        more = next();
        session.out().flush();
      }
    } catch (SocketTimeoutException e) {
      // RFC 1939 §3: autologout says nothing and deletes nothing
      reason = "silent for too long";
    } catch (IOException e) {
      reason = "the connection failed: " + e.getMessage();
      throw e;
    } finally {
      session.release();
      Duration lasted = Duration.ofNanos(session.server().time().ticks() - begin);
      session.journey().note(new Event.ConnectionClosed(reason, lasted));
    }
  }

  /** One command; false when the client left. */
  private boolean next() throws IOException {
    if (session.maildrop().isPresent()) {
      session.connection().deadline(limits.idleTimeout());
    }
    session.connection().mayEnd(true);
    CrlfReader.Line line = session.connection().reader().readLine(limits.lineOctets());
    session.connection().mayEnd(false);
    switch (line) {
      case CrlfReader.Line.End() -> {
        if (session.connection().draining()) {
          end("[SYS/TEMP] The server is going down");
        }
        return false;
      }
      case CrlfReader.Line.TooLong() -> bad("Line too long");
      case CrlfReader.Line.BareEnd() -> bad("A line ends in CRLF");
      case CrlfReader.Line.Text text -> answer(text.utf8());
    }
    return true;
  }

  private void answer(String line) throws IOException {
    try {
      dispatch(Pop3Parser.parse(line));
    } catch (Pop3SyntaxException e) {
      bad(e.getMessage() + "");
    } catch (StoreException e) {
      session.journey().note(new Event.Fault("pop3", "store: " + e.getMessage()));
      end("[SYS/TEMP] The mail store does not answer, try later");
    } catch (RuntimeException e) {
      session.journey().note(new Event.Fault("pop3", e.toString()));
      end("[SYS/TEMP] Internal error");
    }
  }

  private void bad(String text) throws IOException {
    if (++bad >= limits.badCommands()) {
      end("Too many errors");
    } else {
      session.err(text);
    }
  }

  private void end(String text) throws IOException {
    session.err(text);
    reason = text;
    session.end();
  }

  private void dispatch(Pop3Command command) throws IOException, Pop3SyntaxException {
    switch (command) {
      case Pop3Command.AnyState any -> anyState(any);
      case Pop3Command.Authorization authorization -> {
        if (session.maildrop().isPresent()) {
          bad("Already authenticated");
        } else {
          new AuthorizationState(session).run(authorization);
        }
      }
      case Pop3Command.Transaction transaction -> {
        if (session.maildrop().isPresent()) {
          new TransactionState(session, session.maildrop().get()).run(transaction);
        } else {
          bad("Please authenticate first");
        }
      }
    }
  }

  private void anyState(Pop3Command.AnyState command) throws IOException {
    switch (command) {
      case Pop3Command.Capa() -> capa();
      case Pop3Command.Quit() -> quit();
    }
  }

  /** RFC 2449 §5. */
  private void capa() throws IOException {
    session.ok("Capabilities");
    boolean authorization = session.maildrop().isEmpty();
    if (authorization && session.passwordsAllowed()) {
      session.line("USER");
    }
    List<String> mechanisms =
        session
            .server()
            .mechanisms()
            .offered(session.connection().tls(), session.plaintextAllowed());
    if (authorization && !mechanisms.isEmpty()) {
      session.line("SASL " + String.join(" ", mechanisms));
    }
    boolean tls = session.connection().tls().isPresent();
    if (authorization && !tls && session.server().settings().tls().isPresent()) {
      session.line("STLS");
    }
    for (String capability :
        List.of(
            "TOP",
            "UIDL",
            "RESP-CODES",
            "AUTH-RESP-CODE",
            "PIPELINING",
            "EXPIRE NEVER",
            "IMPLEMENTATION Thurn")) {
      session.line(capability);
    }
    session.line(".");
  }

  private void quit() throws IOException {
    if (session.maildrop().isPresent()) {
      long removed = session.maildrop().get().update();
      if (removed > 0) {
        session
            .journey()
            .note(
                new Event.MailboxChanged(
                    session.account().orElseThrow(), "INBOX", "expunge", Math.toIntExact(removed)));
      }
    }
    session.ok("Good bye");
    reason = "the client quit";
    session.end();
  }
}
