/**
 * What a message is made of: header fields kept byte-exact, the MIME structure with octet offsets,
 * addresses and dates as header text writes them, and the builder of the messages that we send.
 *
 * <p>A message is read once, as a stream: {@link org.thurn.message.MimeParser} yields a {@link
 * org.thurn.message.MimeTree} whose parts know where in the stored octets their header and body
 * lie, so that a part can be fetched later by its range alone ({@link
 * org.thurn.message.OctetSource}). Nothing is decoded before somebody asks. Real mail is full of
 * mistakes: nothing here throws for the sake of content; what was wrong is told as a set of {@link
 * org.thurn.message.Defect}s and no octet is ever lost. What we write ourselves ({@link
 * org.thurn.message.MessageBuilder}) is strict.
 *
 * <p>RFC 5322 (message format), RFC 2045 to RFC 2047, RFC 2231, RFC 2183 (MIME), RFC 6532 (UTF-8 in
 * headers), RFC 6522, RFC 3464 and RFC 6533 (reports), RFC 6152 (8BITMIME). Start at {@link
 * org.thurn.message.MimeParser} or {@link org.thurn.message.Headers}.
 */
@NullMarked
package org.thurn.message;

import org.jspecify.annotations.NullMarked;
