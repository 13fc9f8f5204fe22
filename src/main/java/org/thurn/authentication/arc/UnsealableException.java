package org.thurn.authentication.arc;

/** A message must not get a set of ours; the message says why, in words for people. */
public final class UnsealableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnsealableException(String words) {
    super(words);
  }
}
