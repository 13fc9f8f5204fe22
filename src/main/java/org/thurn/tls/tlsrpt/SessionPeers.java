package org.thurn.tls.tlsrpt;

import java.net.InetAddress;
import java.util.Optional;
import org.thurn.name.Domain;

/**
 * Between whom a session was.
 *
 * @param sending our address; empty if there was no connection
 * @param host the name in the MX record
 * @param helo how the server named itself in its reply to EHLO; empty if it did not
 * @param receiving its address; empty if there was no connection
 */
public record SessionPeers(
    Optional<InetAddress> sending,
    Domain host,
    Optional<String> helo,
    Optional<InetAddress> receiving) {
  /** Where there was no connection. */
  public static SessionPeers none(Domain host) {
    return new SessionPeers(Optional.empty(), host, Optional.empty(), Optional.empty());
  }
}
