package org.thurn.access.imap;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.thurn.access.imap.grammar.ImapCommand;
import org.thurn.access.imap.grammar.ImapParser;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.journey.Event;
import org.thurn.store.StoreException;

/** Reads commands, one after the other, and answers each. */
final class ImapDialogue {
  private final ImapSession session;
  private final ResponseWriter out;
  private final ImapSettings.Limits limits;
  private int bad;
  private String reason = "the client left";

  ImapDialogue(ImapSession session) {
    this.session = session;
    this.out = session.out();
    this.limits = session.server().settings().limits();
  }

  void run() throws IOException {
    long begin = session.server().time().ticks();
    try {
      greet();
      boolean more = true;
      while (more && !session.ended()) {
        more = next();
      }
    } catch (IOException e) {
      reason = "the connection failed: " + e.getMessage();
      throw e;
    } finally {
      Duration lasted = Duration.ofNanos(session.server().time().ticks() - begin);
      session.journey().note(new Event.ConnectionClosed(reason, lasted));
    }
  }

  private void greet() throws IOException {
    session.connection().readTimeout(limits.loginTimeout());
    session.connection().deadline(limits.loginTimeout());
    String capabilities = "CAPABILITY " + Capabilities.of(session);
    String words = session.server().settings().hostname() + " IMAP ready";
    out.status("*", Completion.ok(capabilities, words));
    out.flush();
  }

  /** One command; false when the dialogue is over. */
  private boolean next() throws IOException {
    String tag = "*";
    try {
      if (!session.awaitCommand()) {
        if (session.connection().draining()) {
          bye("UNAVAILABLE", "The server is going down");
        }
        return false;
      }
      ImapParser parser = new ImapParser(session.input());
      tag = parser.tag();
      answer(tag, parser.command());
    } catch (ImapSyntaxException e) {
      return refuse(tag, e);
    } catch (SocketTimeoutException e) {
      // RFC 9051 §5.4: autologout, and its words
      bye("", "Autologout; idle for too long");
    } catch (StoreException e) {
      session.journey().note(new Event.Fault("imap", "store: " + e.getMessage()));
      out.status(tag, Completion.no("UNAVAILABLE", "The mail store does not answer, try later"));
    } catch (SelectedMailbox.ViewLostException e) {
      bye("UNAVAILABLE", "The mailbox changed too much, please reconnect");
    } catch (RuntimeException e) {
      session.journey().note(new Event.Fault("imap", e.toString()));
      bye("SERVERBUG", "Internal error");
    }
    out.flush();
    return true;
  }

  /** BAD; and the end, if the client makes nothing but errors. */
  private boolean refuse(String tag, ImapSyntaxException error) throws IOException {
    boolean fatal = error.fatal();
    try {
      session.input().recover();
    } catch (ImapSyntaxException e) {
      fatal = true; // what follows cannot be told from its literals any more
    }
    out.status(tag, Completion.bad(error.getMessage() + ""));
    if (fatal) {
      bye("", "The next command cannot be found");
    } else {
      countBad();
    }
    out.flush();
    return true;
  }

  private void countBad() throws IOException {
    if (++bad >= limits.badCommands()) {
      bye("", "Too many errors");
    }
  }

  private void bye(String code, String text) throws IOException {
    out.untagged("BYE " + (code.isEmpty() ? "" : "[" + code + "] ") + text);
    out.flush();
    reason = text;
    session.end();
  }

  private void answer(String tag, ImapCommand command) throws IOException, ImapSyntaxException {
    Completion completion = dispatch(tag, command);
    if (completion.status() == Completion.Status.BAD) {
      countBad();
    }
    if (session.selection().isPresent() && !session.ended()) {
      boolean there = session.selected().update(out, mayExpunge(command), session.condstore());
      if (!there) {
        bye("", "The selected mailbox was deleted");
      }
    }
    out.status(tag, completion);
    if (command instanceof ImapCommand.StartTls && completion.status() == Completion.Status.OK) {
      out.flush();
      LoginCommand.handshake(session);
    }
  }

  /** RFC 9051 §7.5.1: no EXPUNGE where the client may have sent sequence numbers meanwhile. */
  private static boolean mayExpunge(ImapCommand command) {
    return switch (command) {
      case ImapCommand.Fetch fetch -> fetch.uid();
      case ImapCommand.Store store -> store.uid();
      case ImapCommand.Search search -> search.uid();
      case ImapCommand other -> true;
    };
  }

  /** The states of RFC 9051 §3: each command in those that it is valid in. */
  private Completion dispatch(String tag, ImapCommand command)
      throws IOException, ImapSyntaxException {
    return switch (command) {
      case ImapCommand.AnyState any -> anyState(any);
      case ImapCommand.NotAuthenticated login ->
          session.isAuthenticated()
              ? Completion.bad("Already authenticated")
              : LoginCommand.run(session, login);
      case ImapCommand.Authenticated access ->
          session.isAuthenticated()
              ? authenticated(access)
              : Completion.bad("Please authenticate first");
      case ImapCommand.Selected inMailbox ->
          session.selection().isPresent()
              ? selected(tag, inMailbox)
              : Completion.bad("No mailbox selected");
    };
  }

  private Completion anyState(ImapCommand.AnyState command) throws IOException {
    return switch (command) {
      case ImapCommand.Capability capability -> {
        out.untagged("CAPABILITY " + Capabilities.of(session));
        yield Completion.ok("Completed");
      }
      case ImapCommand.Noop noop -> Completion.ok("Completed");
      case ImapCommand.Id id -> {
        out.untagged("ID (\"name\" \"Thurn\")");
        yield Completion.ok("Completed");
      }
      case ImapCommand.Logout logout -> {
        bye("", "Good bye");
        reason = "the client logged out";
        yield Completion.ok("Completed");
      }
    };
  }

  private Completion authenticated(ImapCommand.Authenticated command)
      throws IOException, ImapSyntaxException {
    return switch (command) {
      case ImapCommand.Enable enable -> SelectCommand.enable(session, enable);
      case ImapCommand.Select select -> SelectCommand.select(session, select);
      case ImapCommand.Create create -> MailboxCommand.create(session, create);
      case ImapCommand.Delete delete -> MailboxCommand.delete(session, delete);
      case ImapCommand.Rename rename -> MailboxCommand.rename(session, rename);
      case ImapCommand.Subscribe subscribe -> MailboxCommand.subscribe(session, subscribe);
      case ImapCommand.ListMailboxes list -> ListCommand.list(session, list);
      case ImapCommand.Namespace namespace -> ListCommand.namespace(session);
      case ImapCommand.Status status -> StatusCommand.status(session, status);
      case ImapCommand.Append append -> AppendCommand.append(session, append);
      case ImapCommand.Idle idle -> new IdleCommand(session).run();
    };
  }

  private Completion selected(String tag, ImapCommand.Selected command)
      throws IOException, ImapSyntaxException {
    return switch (command) {
      case ImapCommand.Check check -> Completion.ok("Completed");
      case ImapCommand.Close close -> ExpungeCommand.close(session);
      case ImapCommand.Unselect unselect -> SelectCommand.unselect(session);
      case ImapCommand.Expunge expunge -> ExpungeCommand.expunge(session, expunge);
      case ImapCommand.Search search -> new SearchCommand(session, tag, search).run();
      case ImapCommand.Fetch fetch -> new FetchCommand(session, fetch).run();
      case ImapCommand.Store store -> StoreCommand.store(session, store);
      case ImapCommand.Copy copy -> CopyCommand.copy(session, copy);
      case ImapCommand.Move move -> CopyCommand.move(session, move);
    };
  }
}
