package org.thurn.authentication.arc;

/** A field of ARC, or their sets together, cannot be used; the message says why, for people. */
public final class ArcSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ArcSyntaxException(String words) {
    super(words);
  }
}
