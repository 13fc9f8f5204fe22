/**
 * The mail transfer agent: its rooms are {@code intake}, {@code submission}, {@code relay} and
 * {@code dsn}; here is what they share. {@link org.thurn.transfer.Questions} asks the DNS for any
 * of them, so that every question stands in the journey of the message that it was asked for.
 *
 * <p>RFC 5321 §5.1 and RFC 8601 §3 say what is asked. Start at {@code intake} and {@code relay}.
 */
@NullMarked
package org.thurn.transfer;

import org.jspecify.annotations.NullMarked;
