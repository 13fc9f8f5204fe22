package org.thurn.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** One accepted or opened connection, for one (virtual) thread. */
public interface Connection extends Closeable {
  Endpoint remote();

  Endpoint local();

  CrlfReader reader();

  /** Buffered: nothing leaves before {@code flush}. */
  OutputStream out();

  /** How long one read may wait; then {@link java.net.SocketTimeoutException}. */
  void readTimeout(Duration timeout) throws IOException;

  /** What TLS agreed, once there is TLS. */
  Optional<TlsSession> tls();

  /**
   * Starts TLS. What the peer had pipelined before the handshake is discarded (RFC 3207 §4.2).
   *
   * @throws IOException if the handshake fails: close then
   */
  void startTls(TlsUpgrade upgrade) throws IOException;

  /** Whether the server is draining: end at the next good moment. */
  boolean draining();

  /** Closes at once, without a TLS close alert where that would block. */
  @Override
  void close();
}
