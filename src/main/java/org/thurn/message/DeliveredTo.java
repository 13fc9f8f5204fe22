package org.thurn.message;

import org.thurn.name.Mailbox;

/**
 * The Delivered-To field (RFC 9228): each final delivery adds one with the address of the mailbox.
 * A message that is to be delivered where it was delivered before goes in circles.
 */
public final class DeliveredTo {
  /** The field's name. */
  public static final String NAME = "Delivered-To";

  private DeliveredTo() {}

  /** Whether the message was delivered to {@code account} before. */
  public static boolean names(Headers headers, Mailbox account) {
    return headers.all(NAME).stream()
        .anyMatch(field -> field.unfolded().equalsIgnoreCase(account.toString()));
  }

  /** The field's line, with its CRLF. */
  public static String line(Mailbox account) {
    return NAME + ": " + account + "\r\n";
  }
}
