package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.AddressLiteral;
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
  record Via(Host host, int port, TlsUse tls, Optional<Credentials> credentials) implements Route {
    private static final int SUBMISSIONS = 465;

    /**
     * With the TLS that suits the port and the secret: a password goes to nobody but whom a
     * certificate proves (RFC 8314 §4.1), except on this machine.
     */
    public static Via of(Host host, int port, Optional<Credentials> credentials) {
      boolean here =
          host instanceof AddressLiteral literal && literal.address().isLoopbackAddress();
      if (port == SUBMISSIONS) {
        return new Via(host, port, TlsUse.IMPLICIT, credentials);
      }
      boolean proof = credentials.isPresent() && !here;
      return new Via(host, port, proof ? TlsUse.REQUIRED : TlsUse.OPPORTUNISTIC, credentials);
    }
  }
}
