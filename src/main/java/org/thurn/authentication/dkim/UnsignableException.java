package org.thurn.authentication.dkim;

/** A message must not be signed as it is; the message says why, in words for people. */
public final class UnsignableException extends Exception {
  private static final long serialVersionUID = 1;

  UnsignableException(String message) {
    super(message);
  }
}
