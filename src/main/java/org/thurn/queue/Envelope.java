package org.thurn.queue;

import java.time.Instant;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Ret;
import org.thurn.tls.policy.Wish;

/**
 * What the queue keeps of a message beside its body and recipients.
 *
 * @param id this transaction
 * @param session the connection that brought it; empty for what the house itself writes
 * @param sender RFC 5321 §4.1.1.2
 * @param submitter the account that submitted it, if it came by submission
 * @param messageId the Message-ID header field with its brackets
 * @param ret RFC 3461 §4.3
 * @param envid RFC 3461 §4.4, decoded
 * @param body what the client declared
 * @param smtpUtf8 whether it needs SMTPUTF8 (RFC 6531)
 * @param arrived the wall clock at acceptance; expiry counts from it
 * @param deliveredBefore whether its header has a Delivered-To field (RFC 9228): delivery then
 *     looks whether it comes round
 * @param junk whether intake took it for junk: then it goes there and not to INBOX
 * @param wish what the message asks of TLS on its way (RFC 8689)
 */
public record Envelope(
    QueueId id,
    Optional<SessionId> session,
    ReversePath sender,
    Optional<Mailbox> submitter,
    Optional<String> messageId,
    Optional<Ret> ret,
    Optional<String> envid,
    BodyType body,
    boolean smtpUtf8,
    Instant arrived,
    boolean deliveredBefore,
    boolean junk,
    Wish wish) {}
