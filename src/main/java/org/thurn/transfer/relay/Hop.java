package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.Host;

/**
 * A host to try.
 *
 * @param preference of its MX record, 0 where there is none
 */
record Hop(Host host, int preference, int port, TlsUse tls, Optional<Credentials> credentials) {
  /** The same server, wherever it stands in a list: what tells two connections apart. */
  Hop anywhere() {
    return new Hop(host, 0, port, tls, credentials);
  }
}
