package org.thurn.smtp.client;

import java.io.IOException;

/** STARTTLS was agreed but the handshake failed: the connection is of no further use. */
public final class TlsHandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  public TlsHandshakeException(IOException cause) {
    super(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
  }
}
