package org.thurn.smtp.server;

import org.thurn.smtp.Verdict;
import org.thurn.store.StoreException;

/** What the client is told when the store cannot: its fault it is not, and later it may go. */
final class Stores {
  private Stores() {}

  static Verdict.Defer verdict(StoreException e) {
    String reason = String.valueOf(e.getMessage());
    return e.isFull()
        ? new Verdict.Defer(Replies.STORE_FULL, reason)
        : new Verdict.Defer(Replies.STORE_FAILED, reason);
  }
}
