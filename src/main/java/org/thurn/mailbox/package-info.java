/**
 * The mailboxes of accounts, on the store's contract only. {@link org.thurn.mailbox.MailStore}
 * gives an account's mail; {@link org.thurn.mailbox.AccountMail} is everything that delivery and
 * access do with it.
 *
 * <p>An {@link org.thurn.mailbox.Email} (a prefix, a body, a parsed summary) is placed in one or
 * more mailboxes; each placement is a {@link org.thurn.mailbox.MessageRow} with its UID, flags and
 * MODSEQ. One account is one partition of the store, so that each operation is one commit (or, for
 * many messages, a few). Counters stand in the mailbox's row and are changed with the rows they
 * count; what reads see is durable, so that a UID that a client saw is never given to another
 * message. Every row begins with the number of its format. RFC 9051 (mailboxes, UIDs, flags), RFC
 * 7162 (MODSEQ), RFC 6154 (special use), RFC 8474 (object ids), RFC 8514 (save date).
 */
@NullMarked
package org.thurn.mailbox;

import org.jspecify.annotations.NullMarked;
