package org.thurn.smtp.client;

import java.io.IOException;

/** The server said something that is no reply: nothing after it can be trusted, so close. */
public final class ReplySyntaxException extends IOException {
  private static final long serialVersionUID = 1L;

  public ReplySyntaxException(String message) {
    super(message);
  }
}
