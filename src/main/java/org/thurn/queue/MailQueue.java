package org.thurn.queue;

import java.util.List;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.store.Staged;

/** The queue as other rooms see it. Safe for many threads. */
public interface MailQueue extends AutoCloseable {
  /**
   * S1: makes body, envelope and recipients durable in one synced commit, notes {@code Accepted} in
   * the journey and begins to deliver.
   *
   * @throws org.thurn.store.StoreException FULL or FAILED: nothing was accepted
   */
  void accept(Envelope envelope, List<Recipient> recipients, Staged body, String subject);

  /** The messages that are not forgotten yet, oldest first, after {@code after}. */
  List<QueuedMessage> list(Optional<QueueId> after, int limit);

  Optional<QueuedMessage> find(QueueId id);

  /** No more attempts until released. False if there is no such message. */
  boolean hold(QueueId id, String author);

  boolean release(QueueId id, String author);

  /** Tries every waiting recipient now. */
  boolean retry(QueueId id, String author);

  /** Ends every unsettled recipient as discarded; nobody is notified. */
  boolean drop(QueueId id, String author);

  /** Every accepted recipient and its terminal state, counted; and those that have none yet. */
  LedgerAccount ledger();

  /** Starts the scheduler: before that, messages are accepted but not carried. */
  void start();

  /** Ends running attempts at their next good moment and stops. */
  @Override
  void close();

  /**
   * The account of the ledger.
   *
   * @param accepted recipients accepted since the store was made
   * @param open recipients that have no terminal state yet
   * @param overdue those among the open that passed their expiry: a fault
   */
  record LedgerAccount(
      long accepted,
      long stored,
      long relayed,
      long bounced,
      long expired,
      long discarded,
      long open,
      List<QueueId> overdue) {
    /** Whether every accepted recipient is accounted for. */
    public boolean balanced() {
      return accepted == stored + relayed + bounced + expired + discarded + open
          && overdue.isEmpty();
    }
  }
}
