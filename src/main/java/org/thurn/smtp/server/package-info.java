/**
 * The server's side of SMTP, submission and LMTP. {@link org.thurn.smtp.server.SmtpServer} serves a
 * listener's connections; each gets a {@code Dialogue}, which reads a line, parses it into a {@link
 * org.thurn.smtp.Command}, checks order, limits and rights, asks the {@link
 * org.thurn.smtp.server.Receiver} what the house thinks, and writes the reply, all on one virtual
 * thread. {@code MessageDialogue} reads what DATA and BDAT bring, {@code DotStuffedReader} finds a
 * message's only true end, {@code AuthDialogue} is the exchange within the exchange.
 *
 * <p>RFC 5321, 1870, 2033, 2034, 2920, 3030, 3207, 3461, 4954, 6152, 6409, 6531, 9422. Start at
 * {@link org.thurn.smtp.server.SmtpServer}.
 */
@NullMarked
package org.thurn.smtp.server;

import org.jspecify.annotations.NullMarked;
