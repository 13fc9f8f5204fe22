package org.thurn.net;

import java.io.IOException;
import java.net.Socket;

/** Turns a plain socket into a TLS one; {@code tls} implements it for both sides. */
@FunctionalInterface
public interface TlsUpgrade {
  /**
   * Performs the handshake on {@code socket}.
   *
   * @throws IOException if the handshake fails; the socket is then of no further use
   */
  Upgraded handshake(Socket socket) throws IOException;

  /** The socket to go on with, and what was agreed. */
  record Upgraded(Socket socket, TlsSession session) {}
}
