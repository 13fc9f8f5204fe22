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

  /** Whether the peer has sent what nobody has read yet; never waits. */
  boolean hasInput() throws IOException;

  /** Buffered: nothing leaves before {@code flush}. */
  OutputStream out();

  /** How long one read may wait; then {@link java.net.SocketTimeoutException}. */
  void readTimeout(Duration timeout) throws IOException;

  /**
   * How long everything that is read from now on may take together, until this is called again:
   * what one octet every few minutes cannot stretch. Then {@link java.net.SocketTimeoutException};
   * a peer that stalls where no read can be told so (within a TLS record, on a Unix socket) is cut
   * off a little later.
   */
  default void deadline(Duration whole) {}

  /**
   * Says whether this is a good moment to end, such as between two transactions: while it is, a
   * drain ends the input, and the dialogue says goodbye.
   */
  default void mayEnd(boolean now) {}

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
