package org.thurn.smtp.client;

import java.io.IOException;
import java.util.Optional;
import org.thurn.net.Distrust;
import org.thurn.net.DistrustedException;

/** STARTTLS was agreed but the handshake failed: the connection is of no further use. */
public final class TlsHandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  public TlsHandshakeException(IOException cause) {
    super(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
  }

  /** What the server failed to prove; empty if the handshake failed otherwise. */
  public Optional<Distrust> distrust() {
    return getCause() instanceof DistrustedException distrusted
        ? Optional.of(distrusted.reason())
        : Optional.empty();
  }
}
