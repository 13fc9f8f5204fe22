package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.Host;

/**
 * A host to try.
 *
 * @param preference of its MX record, 0 where there is none
 * @param implicitTls whether TLS begins with the first octet (RFC 8314 §3.3)
 */
record Hop(
    Host host, int preference, int port, boolean implicitTls, Optional<Credentials> credentials) {
  /** A host that MX records lead to. */
  static Hop mx(Host host, int preference, int port) {
    return new Hop(host, preference, port, false, Optional.empty());
  }

  /** The same server, wherever it stands in a list: what tells two connections apart. */
  Hop anywhere() {
    return new Hop(host, 0, port, implicitTls, credentials);
  }
}
