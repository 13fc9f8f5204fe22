package org.thurn.transfer.relay;

import java.util.Optional;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Host;
import org.thurn.tls.policy.Level;

/** The way to a destination. */
public sealed interface Route {
  /** As the DNS says: MX, then addresses. */
  enum Mx implements Route {
    INSTANCE
  }

  /**
   * Through one host, a smarthost or a domain's known server: its addresses, not its MX.
   *
   * @param implicitTls whether TLS begins with the first octet (RFC 8314 §3.3)
   * @param level what is demanded of TLS
   * @param credentials to AUTH with, where the host wants it
   */
  record Via(
      Host host, int port, boolean implicitTls, Level level, Optional<Credentials> credentials)
      implements Route {
    private static final int SUBMISSIONS = 465;

    /**
     * With the TLS that suits the port and the secret: a password goes to nobody but whom a
     * certificate proves (RFC 8314 §4.1), except on this machine.
     *
     * @param level what the administrator demands; empty for what suits
     */
    public static Via of(
        Host host, int port, Optional<Level> level, Optional<Credentials> credentials) {
      boolean here =
          host instanceof AddressLiteral literal && literal.address().isLoopbackAddress();
      boolean implicit = port == SUBMISSIONS;
      boolean proof = implicit || (credentials.isPresent() && !here);
      Level suits = proof ? Level.VERIFY : Level.OPPORTUNISTIC;
      return new Via(host, port, implicit, level.orElse(suits), credentials);
    }
  }
}
