package org.thurn.authentication.dmarc;

/** A text is not what DMARC's grammar asks for; the message says why, in words for people. */
public final class DmarcSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  DmarcSyntaxException(String message) {
    super(message);
  }
}
