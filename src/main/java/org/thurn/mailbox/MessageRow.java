package org.thurn.mailbox;

import java.time.Instant;

/**
 * One message in one mailbox.
 *
 * @param uid 1 to 2^32-1, in the order of arrival
 * @param modseq the last change's
 * @param internalDate when it was received, whole seconds (RFC 9051 §2.3.3)
 * @param saveDate when it came into this mailbox (RFC 8514), whole seconds
 * @param size RFC822.SIZE: prefix and body, octets
 */
public record MessageRow(
    MailboxId mailbox,
    long uid,
    Flags flags,
    long modseq,
    Instant internalDate,
    Instant saveDate,
    long size,
    EmailId email,
    ThreadId thread) {}
