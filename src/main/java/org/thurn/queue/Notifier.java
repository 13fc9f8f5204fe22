package org.thurn.queue;

import java.util.List;
import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.store.Body;

/**
 * Writes delivery status notifications: {@code transfer.dsn} implements it. What it returns is
 * queued in the same commit that settles the recipients, so that a notification is sent exactly
 * once.
 */
public interface Notifier {
  /**
   * The notification that the sender is owed for these events, or empty: the null path, NOTIFY and
   * the next hop's own duty are the notifier's to judge (RFC 3461 §5.2).
   */
  Optional<Notification> notification(Envelope envelope, Body body, List<Happening> happenings);

  /** What happened to one recipient; a DELAYED one is still in the queue. */
  record Happening(Recipient recipient, Kind kind, Outcome outcome, int attempts) {}

  /** RFC 3464 §2.3.3's action, told apart by what caused it. */
  enum Kind {
    FAILED,
    EXPIRED,
    DELAYED,
    DELIVERED,
    RELAYED
  }

  /** A message to queue from the null path. */
  @SuppressWarnings("ArrayRecordComponent")
  record Notification(
      String kind, Mailbox to, Destination destination, byte[] message, boolean smtpUtf8) {}
}
