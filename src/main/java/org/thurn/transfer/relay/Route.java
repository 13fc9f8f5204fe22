package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.Host;

/** The way to a destination. */
public sealed interface Route {
  /** As the DNS says: MX, then addresses. */
  enum Mx implements Route {
    INSTANCE
  }

  /**
   * Through one host, a smarthost or a domain's known server: its addresses, not its MX.
   *
   * @param credentials to AUTH with, where the host wants it
   */
  record Via(Host host, int port, TlsUse tls, Optional<Credentials> credentials) implements Route {}
}
