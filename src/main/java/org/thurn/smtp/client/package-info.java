/**
 * The client's side of SMTP. {@link org.thurn.smtp.client.SmtpClient} holds one dialogue over one
 * connection, straight-line on its thread: greeting, EHLO (HELO where that is all there is),
 * STARTTLS, AUTH, then any number of {@link org.thurn.smtp.client.Transaction}s, each of which ends
 * with a {@link org.thurn.smtp.client.RecipientResult} for each recipient. It decides nothing about
 * retries, hosts or conversions: its caller, {@code transfer.relay}, does. Every command and reply
 * is noted in a journey, secrets replaced by three stars.
 *
 * <p>RFC 5321, 1870 (SIZE), 2034, 2920 (PIPELINING), 3030 (BDAT), 3207 (STARTTLS), 3461 (DSN), 4954
 * (AUTH), 6152 (8BITMIME), 6531 and 6533 (SMTPUTF8), 9422 (LIMITS).
 */
@NullMarked
package org.thurn.smtp.client;

import org.jspecify.annotations.NullMarked;
