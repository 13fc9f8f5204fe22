/**
 * Decides about mail that comes in; {@code smtp.server} only speaks. For each connection {@link
 * org.thurn.transfer.intake.Intake} opens a conversation: MAIL is judged by {@code SenderCheck},
 * each RCPT by {@code RecipientCheck} (own domains, or a client that may relay), the header by
 * {@code LoopCheck} and, for submission, by {@code transfer.submission}; the message gets its
 * {@code ReceivedField} and streams into the store, and one commit of the queue makes the promise
 * of 250. What the DNS says of the client ({@code ClientCheck}) is recorded for later rooms.
 *
 * <p>RFC 5321 §4.4 and §6.3 (trace, loops), RFC 6409 (submission), RFC 2033 (LMTP), RFC 7505 (null
 * MX), RFC 8601 §3 (iprev), RFC 3848 and RFC 6531 (protocol names).
 */
@NullMarked
package org.thurn.transfer.intake;

import org.jspecify.annotations.NullMarked;
