package org.thurn.net;

import java.io.IOException;

/** Serves the connections of one listener, each on a virtual thread of its own. */
public interface ConnectionHandler {
  /** The whole dialogue. The listener closes the connection afterwards. */
  void serve(Connection connection) throws IOException;

  /** What a peer is told that a limit turns away, in the protocol's words, with CRLF. */
  byte[] refusal(Limit limit);

  /** A limit turned this peer away: for the journey. */
  default void refused(Endpoint remote, Limit limit) {}

  /** A connection broke: the peer left, or its implicit TLS failed. Not a fault of ours. */
  default void broken(Connection connection, IOException cause) {}

  /** A bug or a fault of the machine, in one connection or in accepting: for the journey. */
  default void fault(String where, Exception cause) {}

  /** The limit that was reached. */
  enum Limit {
    CONNECTIONS,
    CONNECTIONS_PER_ADDRESS,
    RATE_PER_ADDRESS,
    DRAINING
  }
}
