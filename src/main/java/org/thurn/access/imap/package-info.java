/**
 * IMAP4rev1 and IMAP4rev2 for people's mail programs. {@link org.thurn.access.imap.ImapServer}
 * serves a connection: {@code ImapDialogue} reads a command, dispatches it by one exhaustive switch
 * and writes its tagged reply.
 *
 * <p>Each family of commands is a small class that gets the {@code ImapSession} (who is logged in,
 * which mailbox is selected) and answers a {@code Completion}. A {@code SelectedMailbox} is the
 * client's view of a mailbox: the UIDs behind its sequence numbers and the MODSEQ up to which it
 * was told of changes; after each command it tells what is new. A parsed message's envelope,
 * structure and the places of its parts are kept with the message as a {@code MessageSummary}, so
 * that only the first FETCH parses it. RFC 9051, RFC 3501, RFC 7162 (CONDSTORE), RFC 6154, RFC
 * 5258, RFC 5819, RFC 4315, RFC 6851, RFC 3516, RFC 8474, RFC 8514.
 */
@NullMarked
package org.thurn.access.imap;

import org.jspecify.annotations.NullMarked;
