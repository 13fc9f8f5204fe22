/**
 * Keeps journeys. {@link org.thurn.journal.Journal} takes every {@link org.thurn.journey.Entry}
 * without making its caller wait, writes them in blocks, and finds them again by message, session
 * or address; {@link org.thurn.journal.MailLog} writes them as lines. How an entry looks is in
 * {@code journal.render}; docs/journey.md lists the types and their fields.
 *
 * <p>An entry goes into a bounded {@link org.thurn.journal.EntryBuffer}; its thread gathers for a
 * moment and writes all of them at once. A block of up to 512 entries is one row, so that an event
 * costs a few octets and a fraction of a put; index rows lead from a queue id, a session, a
 * Message-ID or an address to the blocks. A reader flushes first and so sees what was noted before
 * it asked.
 */
@NullMarked
package org.thurn.journal;

import org.jspecify.annotations.NullMarked;
