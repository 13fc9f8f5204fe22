package org.thurn.transfer.relay;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import org.thurn.name.Domain;
import org.thurn.net.TlsSession;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.smtp.client.TlsHandshakeException;
import org.thurn.tls.tlsrpt.AppliedPolicies;
import org.thurn.tls.tlsrpt.SessionPeers;
import org.thurn.tls.tlsrpt.TlsOutcome;

/**
 * Tells the observer how TLS went with one host, for TLS reports (RFC 8460).
 *
 * @param applied what the destination publishes; empty if nothing is counted, as where the
 *     administrator names the host, or the message says {@code TLS-Required: No}: reports do, so
 *     that none tells of another
 */
record TlsAccount(TlsObserver observer, Optional<AppliedPolicies> applied) {
  /** Counts nothing. */
  static final TlsAccount NONE = new TlsAccount(_ -> {}, Optional.empty());

  /** The host is not even connected to. */
  void avoided(String why) {
    tell(new TlsOutcome.Avoided(why), SessionPeers::none);
  }

  void notOffered(SmtpClient client, String why) {
    tell(new TlsOutcome.NotOffered(why), host -> peers(client, host));
  }

  void failed(SmtpClient client, TlsHandshakeException failure) {
    String words = String.valueOf(failure.getMessage());
    tell(new TlsOutcome.Failed(failure.distrust(), words), host -> peers(client, host));
  }

  void established(SmtpClient client, TlsSession session) {
    TlsOutcome outcome = new TlsOutcome.Established(session.distrust(), session.verification());
    tell(outcome, host -> peers(client, host));
  }

  private void tell(TlsOutcome outcome, Function<Domain, SessionPeers> peers) {
    applied.ifPresent(
        policies ->
            policies.results(outcome, peers.apply(policies.host())).forEach(observer::counted));
  }

  private static SessionPeers peers(SmtpClient client, Domain host) {
    Optional<InetAddress> local = client.connection().local().address();
    Optional<InetAddress> remote = client.connection().remote().address();
    return new SessionPeers(local, host, client.serverName(), remote);
  }
}
