/**
 * The words of IMAP: {@link org.thurn.access.imap.grammar.ImapInput} gives the octets of one
 * command, asking for its literals on the way; {@link org.thurn.access.imap.grammar.ImapParser}
 * makes an {@link org.thurn.access.imap.grammar.ImapCommand} of them.
 *
 * <p>The parser pulls: a literal is asked for ({@code + OK}) when the grammar has come to it, so
 * that what is wrong before it is refused before the client sends it, and the message of an APPEND
 * stays on the wire for whoever stores it. Its methods are named like the rules of the ABNF. RFC
 * 9051 §9, RFC 3501 §9, RFC 4466, RFC 5258, RFC 7162, RFC 7888.
 */
@NullMarked
package org.thurn.access.imap.grammar;

import org.jspecify.annotations.NullMarked;
