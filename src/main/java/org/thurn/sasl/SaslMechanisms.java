package org.thurn.sasl;

import java.util.List;
import java.util.Optional;
import org.thurn.net.TlsSession;

/** Which mechanisms a connection is offered, and the exchanges of those it starts. */
public interface SaslMechanisms {
  /**
   * The names to advertise, strongest first: SCRAM-SHA-256-PLUS and the like only over TLS; none at
   * all without TLS unless {@code plaintextAllowed} (loopback, by a setting). A server offers SCRAM
   * if any of its domains keeps keys: whose account has none fails there as with a wrong password.
   */
  List<String> offered(Optional<TlsSession> tls, boolean plaintextAllowed);

  /** Starts an exchange, or empty if the mechanism is unknown or not offered here. */
  Optional<SaslServer> start(String mechanism, Optional<TlsSession> tls, boolean plaintextAllowed);

  /** Where the end of every exchange is counted, so that guessing is slow. */
  FailedLogins failures();
}
