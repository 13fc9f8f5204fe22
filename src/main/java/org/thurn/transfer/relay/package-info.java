/**
 * Carries messages to other hosts. {@link org.thurn.transfer.relay.Relay} is the queue's agent for
 * remote destinations: for each attempt it finds the next hops ({@link
 * org.thurn.transfer.relay.Routes}, else {@link org.thurn.transfer.relay.MxLookup}), tries their
 * addresses in order until every recipient has an answer, and turns the servers' words into {@link
 * org.thurn.queue.Outcome}s. A message that the next hop cannot take as it is ({@link
 * org.thurn.transfer.relay.OutgoingMessage}) is converted or fails with the status that says why.
 * Open connections are kept for a moment ({@link org.thurn.transfer.relay.PeerCache}), and no
 * destination is met by more than a few at once.
 *
 * <p>RFC 5321 §5, 7505 (null MX), 3207, 4954, 1870, 6152, 3030, 6531, 3461 §5.2, 9422.
 */
@NullMarked
package org.thurn.transfer.relay;

import org.jspecify.annotations.NullMarked;
