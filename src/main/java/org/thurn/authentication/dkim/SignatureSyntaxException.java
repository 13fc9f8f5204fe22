package org.thurn.authentication.dkim;

/** A field is no signature that can be used; the message says why, in words for people. */
public final class SignatureSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final Cause cause;
  private final String words;
  private final String tag;

  SignatureSyntaxException(Cause cause, String tag, String message) {
    super(message);
    this.words = message;
    this.cause = cause;
    this.tag = tag;
  }

  /** The message. */
  public String words() {
    return words;
  }

  /** What is wrong. */
  public Cause reason() {
    return cause;
  }

  /** In which tag; empty if in none of them. */
  public String tag() {
    return tag;
  }
}
