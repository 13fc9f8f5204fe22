package org.thurn.access.pop3;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.thurn.mailbox.Content;

/** STAT, LIST, RETR, DELE, NOOP, RSET, TOP and UIDL (RFC 1939 §5 and §7). */
final class TransactionState {
  private final Pop3Session session;
  private final Maildrop maildrop;

  TransactionState(Pop3Session session, Maildrop maildrop) {
    this.session = session;
    this.maildrop = maildrop;
  }

  void run(Pop3Command.Transaction command) throws IOException {
    switch (command) {
      case Pop3Command.Stat() -> session.ok(maildrop.count() + " " + maildrop.size());
      case Pop3Command.ListSizes list when list.message().isPresent() ->
          one(list.message().getAsInt(), number -> "" + maildrop.size(number));
      case Pop3Command.ListSizes list -> all(number -> "" + maildrop.size(number));
      case Pop3Command.Uidl uidl when uidl.message().isPresent() ->
          one(uidl.message().getAsInt(), maildrop::uniqueId);
      case Pop3Command.Uidl uidl -> all(maildrop::uniqueId);
      case Pop3Command.Retr(int message) -> send(message, Long.MAX_VALUE);
      case Pop3Command.Top(int message, int lines) -> send(message, lines);
      case Pop3Command.Dele(int message) -> delete(message);
      case Pop3Command.Noop() -> session.ok("");
      case Pop3Command.Rset() -> {
        maildrop.reset();
        session.ok("Nothing is marked");
      }
    }
  }

  private boolean exists(int number) throws IOException {
    if (!maildrop.has(number)) {
      session.err("No such message");
      return false;
    }
    return true;
  }

  private void one(int number, IntFunction<String> what) throws IOException {
    if (exists(number)) {
      session.ok(number + " " + what.apply(number));
    }
  }

  private void all(IntFunction<String> what) throws IOException {
    session.ok(maildrop.count() + " messages");
    for (int number = 1; number <= maildrop.last(); number++) {
      if (maildrop.has(number)) {
        session.line(number + " " + what.apply(number));
      }
    }
    session.line(".");
  }

  private void send(int number, long lines) throws IOException {
    if (!exists(number)) {
      return;
    }
    Optional<Content> content = maildrop.content(number);
    if (content.isEmpty()) {
      session.err("[SYS/PERM] The message was removed by another client");
      return;
    }
    session.ok(maildrop.size(number) + " octets");
    new MultiLine(session.out()).write(content.get().open(), lines);
  }

  private void delete(int number) throws IOException {
    if (exists(number)) {
      maildrop.delete(number);
      session.ok("Marked");
    }
  }
}
