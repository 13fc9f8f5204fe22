package org.thurn.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What the queue keeps of one recipient.
 *
 * @param attempts made so far
 * @param next when it is due
 * @param tried when the last attempt ended; what was not tried lately does not expire
 * @param inFlight an attempt may be talking to the next hop (RFC 1047): found set at a start, a
 *     crash may have doubled the message
 * @param delayTold whether the sender has a delay notification
 * @param terminal S3
 * @param last what the last attempt brought
 */
record RecipientRow(
    Recipient recipient,
    int attempts,
    Instant next,
    Optional<Instant> tried,
    boolean inFlight,
    boolean delayTold,
    Optional<Terminal> terminal,
    Optional<Outcome> last) {

  static RecipientRow fresh(Recipient recipient, Instant due) {
    return new RecipientRow(
        recipient, 0, due, Optional.empty(), false, false, Optional.empty(), Optional.empty());
  }

  boolean settled() {
    return terminal.isPresent();
  }

  RecipientRow marked() {
    return new RecipientRow(recipient, attempts, next, tried, true, delayTold, terminal, last);
  }

  /** The attempt that it was marked for did not begin. */
  RecipientRow unmarked() {
    return new RecipientRow(recipient, attempts, next, tried, false, delayTold, terminal, last);
  }

  /** Somebody wants it tried: it does not expire before that. */
  RecipientRow wanted(Instant due) {
    return new RecipientRow(
        recipient, attempts, due, Optional.empty(), inFlight, delayTold, terminal, last);
  }

  RecipientRow withDelayTold() {
    return new RecipientRow(recipient, attempts, next, tried, inFlight, true, terminal, last);
  }

  /** After an attempt that was not the last. */
  RecipientRow deferred(Instant now, Instant due, Outcome outcome) {
    return new RecipientRow(
        recipient,
        attempts + 1,
        due,
        Optional.of(now),
        false,
        delayTold,
        Optional.empty(),
        Optional.of(outcome));
  }

  /** Ended without an attempt: expired by the clock, or dropped. */
  RecipientRow ended(Terminal state, Outcome outcome) {
    return new RecipientRow(
        recipient,
        attempts,
        next,
        tried,
        false,
        delayTold,
        Optional.of(state),
        Optional.of(outcome));
  }

  /** Ended by an attempt. */
  RecipientRow settled(Instant now, Terminal state, Outcome outcome) {
    return new RecipientRow(
        recipient,
        attempts + 1,
        next,
        Optional.of(now),
        false,
        delayTold,
        Optional.of(state),
        Optional.of(outcome));
  }
}
