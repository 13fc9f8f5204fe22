package org.thurn.net;

import java.io.IOException;

/** Serves the connections of one listener, each on a virtual thread of its own. */
public interface ConnectionHandler {
  /** The whole dialogue. The listener closes the connection afterwards. */
  void serve(Connection connection) throws IOException;

  /** What a peer is told that a limit turns away, in the protocol's words, with CRLF. */
  byte[] refusal(Limit limit);

  /** The limit that was reached. */
  enum Limit {
    CONNECTIONS,
    CONNECTIONS_PER_ADDRESS,
    RATE_PER_ADDRESS,
    DRAINING
  }
}
