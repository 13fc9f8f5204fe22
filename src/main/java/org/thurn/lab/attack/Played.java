package org.thurn.lab.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.thurn.journey.Event;

/**
 * What became of one message.
 *
 * @param reason why, in one sentence: the sender's
 * @param policy what the sender demanded of the host and on whose word; empty if it did not get
 *     that far
 * @param tls what was agreed with whoever answered, if a handshake came to its end
 * @param read the letter, if the attacker could read it; else empty
 * @param copies how many of it the receiver has
 * @param trace what each of the three has of it
 */
public record Played(
    Cell cell,
    Instant at,
    Duration took,
    Fate fate,
    String reason,
    Optional<Event.TlsPolicyChosen> policy,
    Optional<Event.TlsEstablished> tls,
    String read,
    int copies,
    Trace trace) {
  /** Whether it came as docs/attacks.md says. */
  public boolean asExpected() {
    return fate == cell.expected();
  }
}
