package org.thurn.authentication.dkim;

/** A text or key cannot be used; the message says why, in words for people. */
public final class KeySyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final Cause cause;

  KeySyntaxException(String message) {
    this(Cause.BAD_KEY, message);
  }

  KeySyntaxException(Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  /** What is wrong. */
  public Cause reason() {
    return cause;
  }
}
