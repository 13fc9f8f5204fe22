/**
 * POP3 for programs that fetch mail and take it away. {@link org.thurn.access.pop3.Pop3Server}
 * serves a connection: {@code Pop3Dialogue} reads a command, dispatches it by its state and
 * answers.
 *
 * <p>After the login a {@code Maildrop} holds the account's INBOX as it is then, locked against
 * other POP3 sessions of the same server; what is marked by DELE goes at QUIT. RFC 1939, RFC 2449
 * (CAPA), RFC 2595 (STLS), RFC 3206 (AUTH and SYS codes), RFC 5034 (AUTH).
 */
@NullMarked
package org.thurn.access.pop3;

import org.jspecify.annotations.NullMarked;
