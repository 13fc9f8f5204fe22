package org.thurn.smtp.client;

import org.thurn.smtp.Reply;

/** What a transaction brought for one recipient. */
public sealed interface RecipientResult {
  /** The server took the message and the duty for this recipient. */
  record Taken(Reply reply) implements RecipientResult {}

  /**
   * The server refused.
   *
   * @param command which it answered: MAIL, RCPT, DATA, or "." or BDAT for the message itself
   */
  record Refused(String command, Reply reply) implements RecipientResult {}

  /**
   * The whole message was sent and no reply came: the server may have taken it or not (RFC 1047).
   */
  record Unknown(String reason) implements RecipientResult {}
}
