package org.thurn.authentication.dkim;

/** A text or key cannot be used; the message says why, in words for people. */
public final class KeySyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final Cause cause;
  private final String words;

  KeySyntaxException(String message) {
    this(Cause.BAD_KEY, message);
  }

  KeySyntaxException(Cause cause, String message) {
    super(message);
    this.words = message;
    this.cause = cause;
  }

  /** The message. */
  public String words() {
    return words;
  }

  /** What is wrong. */
  public Cause reason() {
    return cause;
  }
}
