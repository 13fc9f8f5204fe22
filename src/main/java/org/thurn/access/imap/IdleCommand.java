package org.thurn.access.imap;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.thurn.access.imap.grammar.ImapSyntaxException;
import org.thurn.journey.Event;
import org.thurn.store.Store;

/**
 * IDLE (RFC 9051 §6.3.13). The session's thread waits for DONE; a second one tells what changes.
 * They take turns: while one writes, the other only reads.
 */
final class IdleCommand {
  private final ImapSession session;
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean done;

  IdleCommand(ImapSession session) {
    this.session = session;
  }

  Completion run() throws IOException, ImapSyntaxException {
    session.out().continuation("idling");
    boolean more;
    try (Store.Watch _ = session.mail().watch(changes::release)) {
      changes.release(); // what happened since the last update is told at once
      Thread teller = Thread.ofVirtual().name("imap-idle").start(this::tell);
      try {
        more = session.awaitCommand();
      } finally {
        finish(teller);
      }
    }
    if (!more) {
      session.out().untagged("BYE [UNAVAILABLE] The server is going down");
      session.end();
      return Completion.no("UNAVAILABLE", "The server is going down");
    }
    return session.input().rest().equalsIgnoreCase("DONE")
        ? Completion.ok("Completed")
        : Completion.bad("Expected DONE");
  }

  private void finish(Thread teller) throws IOException {
    done = true;
    changes.release();
    try {
      // it may still be writing to a client that reads slowly
      if (!teller.join(session.server().settings().limits().loginTimeout())) {
        session.connection().close();
        throw new IOException("the client does not read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    }
  }

  private void tell() {
    try {
      while (!done) {
        changes.acquire();
        changes.drainPermits();
        if (!done) {
          update();
        }
      }
    } catch (IOException | RuntimeException e) {
      session.journey().note(new Event.Fault("imap", "idle: " + e));
      session.connection().close(); // wakes the thread that waits for DONE
    } catch (InterruptedException e) {
      // nobody interrupts this thread; if somebody did, the session cannot go on
      Thread.currentThread().interrupt();
      session.connection().close();
    }
  }

  private void update() throws IOException {
    if (session.selection().isEmpty()) {
      return;
    }
    if (!session.selected().update(session.out(), true, session.condstore())) {
      session.out().untagged("BYE The selected mailbox was deleted");
      session.out().flush();
      session.connection().close();
      return;
    }
    session.out().flush();
  }
}
