package org.thurn.transfer.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.net.Connection;
import org.thurn.queue.Outcome;
import org.thurn.sasl.SaslClient;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.smtp.client.TlsHandshakeException;
import org.thurn.time.Time;

/** Opens a connection and brings it to where MAIL may follow. */
final class PeerOpener {
  private final RelaySettings settings;
  private final Dialer dialer;
  private final TlsUpgrades upgrades;
  private final Time time;

  PeerOpener(RelaySettings settings, Dialer dialer, TlsUpgrades upgrades, Time time) {
    this.settings = settings;
    this.dialer = dialer;
    this.upgrades = upgrades;
    this.time = time;
  }

  /** What came of it. */
  sealed interface Opened {
    record Ready(Peer peer) implements Opened {}

    /** Not with this address: the outcome for those who have no other. */
    record Unavailable(Outcome outcome) implements Opened {}
  }

  /** Opens; a failed opportunistic handshake is tried again in the clear (RFC 7435 §1.1). */
  Opened open(Peer.Key key, Journey message, AttemptClock clock) {
    try {
      return open(key, key.hop().tls(), message, clock);
    } catch (TlsHandshakeException e) {
      if (key.hop().tls().mandatory()) {
        return unavailable("4.7.5", "TLS failed: " + e.getMessage(), key);
      }
    } catch (IOException e) {
      return unavailable("4.4.2", "lost the connection before MAIL: " + e.getMessage(), key);
    }
    try {
      return open(key, TlsUse.NONE, message, clock);
    } catch (IOException e) {
      return unavailable("4.4.2", "lost the connection before MAIL: " + e.getMessage(), key);
    }
  }

  private Opened open(Peer.Key key, TlsUse tls, Journey message, AttemptClock clock)
      throws IOException {
    Journey journey = message.newSession();
    Optional<Connection> connection = connect(key, journey);
    if (connection.isEmpty()) {
      return unavailable("4.4.1", "nobody answers at " + key.address().getHostAddress(), key);
    }
    SmtpClient client = new SmtpClient(connection.get(), settings.timeouts(), time, journey);
    clock.watch(client);
    boolean ready = false;
    try {
      Optional<Outcome> refusal = introduce(client, key, tls);
      ready = refusal.isEmpty();
      if (ready) {
        return new Opened.Ready(new Peer(key, client, journey.session().orElseThrow()));
      }
      client.quit();
      return new Opened.Unavailable(refusal.get());
    } catch (IOException e) {
      client.close(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      if (!ready) {
        client.close();
      }
    }
  }

  private Optional<Connection> connect(Peer.Key key, Journey journey) {
    InetAddress address = key.address();
    String host = key.name().host();
    int port = key.hop().port();
    try {
      Connection connection =
          dialer.dial(address, port, settings.sourceFor(address), settings.connect());
      journey.note(
          new Event.ConnectionOpened(
              "smtp", host, address.getHostAddress(), port, connection.local().host()));
      return Optional.of(connection);
    } catch (IOException e) {
      journey.note(
          new Event.ConnectionFailed(
              "smtp", host, address.getHostAddress(), port, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** Greeting, hello, TLS, hello again, AUTH: empty if all went well. */
  private Optional<Outcome> introduce(SmtpClient client, Peer.Key key, TlsUse tls)
      throws IOException {
    if (tls == TlsUse.IMPLICIT) {
      client.implicitTls(upgrades.to(key.hop().host(), true), "verified");
    }
    Optional<Outcome> refusal = refusal(client.greeting(), key);
    if (refusal.isEmpty()) {
      refusal = refusal(client.hello(settings.helo()), key);
    }
    if (refusal.isEmpty() && (tls == TlsUse.OPPORTUNISTIC || tls == TlsUse.REQUIRED)) {
      refusal = startTls(client, key, tls);
    }
    Optional<Credentials> credentials = key.hop().credentials();
    if (refusal.isEmpty() && credentials.isPresent()) {
      refusal = authenticate(client, key, credentials.get());
    }
    return refusal;
  }

  private Optional<Outcome> startTls(SmtpClient client, Peer.Key key, TlsUse tls)
      throws IOException {
    boolean verify = tls == TlsUse.REQUIRED;
    if (client.extensions().offers(Extension.STARTTLS)) {
      String verification = verify ? "verified" : "opportunistic";
      Reply reply = client.startTls(upgrades.to(key.hop().host(), verify), verification);
      if (reply.code() / 100 == 2) {
        return refusal(client.hello(settings.helo()), key);
      }
      // RFC 3207 §4.1: after 454 the client decides whether it goes on without
      return verify ? Optional.of(Outcomes.later(reply, key.name())) : Optional.empty();
    }
    return verify
        ? Optional.of(Outcomes.deferred("4.7.4", "the server offers no STARTTLS", key.name()))
        : Optional.empty();
  }

  /** A refused login is our own mistake, which somebody can correct: never a reason to bounce. */
  private Optional<Outcome> authenticate(SmtpClient client, Peer.Key key, Credentials credentials)
      throws IOException {
    boolean secret =
        client.connection().tls().isPresent() || client.connection().remote().isLoopback();
    Optional<SaslClient> mechanism = credentials.client(client.extensions().mechanisms());
    if (!secret || mechanism.isEmpty()) {
      String reason = secret ? "no AUTH mechanism in common" : "no AUTH without TLS";
      return Optional.of(Outcomes.deferred("4.7.4", reason, key.name()));
    }
    Reply reply = client.authenticate(mechanism.get(), credentials.user());
    return reply.code() == 235
        ? Optional.empty()
        : Optional.of(Outcomes.deferred("4.7.8", Outcomes.words(reply), key.name()));
  }

  private static Optional<Outcome> refusal(Reply reply, Peer.Key key) {
    return reply.code() / 100 == 2
        ? Optional.empty()
        : Optional.of(Outcomes.refused(reply, key.name()));
  }

  private static Opened unavailable(String status, String reason, Peer.Key key) {
    return new Opened.Unavailable(Outcomes.deferred(status, reason, key.name()));
  }
}
