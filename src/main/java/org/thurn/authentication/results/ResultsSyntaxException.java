package org.thurn.authentication.results;

/** A text is no payload of RFC 8601 §2.2; the message says why and where, in words for people. */
public final class ResultsSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ResultsSyntaxException(String words) {
    super(words);
  }
}
