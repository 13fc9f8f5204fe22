package org.thurn.journey;

import java.time.Instant;
import java.util.Optional;
import org.thurn.name.Mailbox;

/**
 * One event with its place: when, in which session, of which message, for which recipient.
 *
 * @param id unique on this server, sorts by time
 * @param time the wall clock
 * @param session the connection that it belongs to
 * @param queue the message on this server
 * @param messageId the Message-ID header field, with its angle brackets, once it is known
 * @param recipient for what concerns one recipient only
 * @param event what happened
 */
public record Entry(
    EventId id,
    Instant time,
    Optional<SessionId> session,
    Optional<QueueId> queue,
    Optional<String> messageId,
    Optional<Mailbox> recipient,
    Event event) {}
