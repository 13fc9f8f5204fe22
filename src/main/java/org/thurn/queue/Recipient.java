package org.thurn.queue;

import java.util.Optional;
import java.util.Set;
import org.thurn.name.Mailbox;
import org.thurn.smtp.Notify;

/**
 * One recipient of an accepted message.
 *
 * @param index its place in the message, from 0
 * @param address where it goes now
 * @param original the address of RCPT TO, before aliases
 * @param destination who carries it
 * @param notifyOn RFC 3461 §4.1
 * @param orcpt RFC 3461 §4.2, decoded
 */
public record Recipient(
    int index,
    Mailbox address,
    Mailbox original,
    Destination destination,
    Set<Notify> notifyOn,
    Optional<String> orcpt) {
  public Recipient {
    notifyOn = Set.copyOf(notifyOn);
  }
}
