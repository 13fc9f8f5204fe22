package org.thurn.authentication;

/** A text is no {@code tag-list} of RFC 6376 §3.2; the message says why, in words for people. */
public final class TagListException extends Exception {
  private static final long serialVersionUID = 1;

  public TagListException(String message) {
    super(message);
  }
}
