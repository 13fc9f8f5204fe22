package org.thurn.authentication.spf;

/** A text is not what RFC 7208's grammar asks for. */
public final class SpfSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  /** Of the character at {@code position}, counted from 1. */
  SpfSyntaxException(int position, String words) {
    super(words);
    this.position = position;
  }

  /** Which character is wrong, counted from 1. */
  public int position() {
    return position;
  }

  /** The mistake with its place, for people. */
  public String shown() {
    return getMessage() + " at character " + position;
  }
}
