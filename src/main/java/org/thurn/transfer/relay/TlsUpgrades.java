package org.thurn.transfer.relay;

import org.thurn.name.Host;
import org.thurn.net.TlsUpgrade;

/** Gives the client's side of a TLS handshake with a host. */
@FunctionalInterface
public interface TlsUpgrades {
  /**
   * A handshake.
   *
   * @param host goes into SNI, if it is a domain
   * @param verify whether the certificate must verify for the host
   */
  TlsUpgrade to(Host host, boolean verify);
}
