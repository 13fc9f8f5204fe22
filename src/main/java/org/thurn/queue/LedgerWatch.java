package org.thurn.queue;

import org.thurn.journey.Event;
import org.thurn.store.StoreException;

/** Checks the ledger and ends its retention, again and again. */
final class LedgerWatch implements Runnable {
  private final Surroundings with;
  private final Ledger ledger;

  LedgerWatch(Surroundings with, Ledger ledger) {
    this.with = with;
    this.ledger = ledger;
  }

  /** Until interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        with.time().pause(with.settings().check());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the queue closes
    }
  }

  void look() {
    try {
      boolean more = true;
      while (more && !Thread.currentThread().isInterrupted()) {
        more = ledger.purge(); // a piece a commit, so that mail goes on between them
      }
      ledger.faults().forEach(this::alarm);
    } catch (StoreException | RowFormatException e) {
      alarm(e.toString());
    }
  }

  private void alarm(String fault) {
    with.journey().note(new Event.Fault("ledger", fault));
  }
}
