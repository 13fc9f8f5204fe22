/**
 * The server's side of SMTP, submission and LMTP: a straight-line dialogue that reads a command,
 * parses it into a sealed record, asks the {@link org.thurn.smtp.server.Receiver} and writes the
 * reply. RFC 5321, 2033, 6409.
 */
@NullMarked
package org.thurn.smtp.server;

import org.jspecify.annotations.NullMarked;
