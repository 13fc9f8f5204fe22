package org.thurn.dns;

/** A zone's text that cannot be read, or records that cannot stand together; the message says. */
public final class ZoneSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  public ZoneSyntaxException(String message) {
    super(message);
  }
}
