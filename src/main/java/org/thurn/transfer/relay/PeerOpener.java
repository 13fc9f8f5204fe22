package org.thurn.transfer.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.DnsName;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.journey.SessionId;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.net.TlsUpgrade;
import org.thurn.queue.Outcome;
import org.thurn.sasl.SaslClient;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.smtp.client.TlsHandshakeException;
import org.thurn.time.Time;
import org.thurn.tls.PeerProof;
import org.thurn.tls.TlsClient;
import org.thurn.tls.dane.DaneProof;
import org.thurn.tls.dane.DaneVerifier;
import org.thurn.tls.policy.Requirement;

/**
 * Opens a connection and brings it to where MAIL may follow. What is said until then belongs to the
 * session alone: every message that it carries has it in its trace. How an attempt at a connection
 * failed is noted for the message that wanted it, which leads its trace to the rest.
 */
final class PeerOpener {
  private final RelaySettings settings;
  private final Connector connector;
  private final TlsClient tls;
  private final Time time;

  PeerOpener(RelaySettings settings, Connector connector, TlsClient tls, Time time) {
    this.settings = settings;
    this.connector = connector;
    this.tls = tls;
    this.time = time;
  }

  /** What came of it. */
  sealed interface Opened {
    record Ready(Peer peer) implements Opened {}

    /** Not with this address: the outcome for those who have no other. */
    record Unavailable(Outcome outcome) implements Opened {}
  }

  /** Opens; a failed opportunistic handshake is tried again in the clear (RFC 7435 §1.1). */
  Opened open(Peer.Key key, TlsAccount account, Journey message, AttemptClock clock) {
    Requirement requirement = key.terms().requirement();
    try {
      return open(new Way(key, requirement, account), message, clock);
    } catch (TlsHandshakeException e) {
      if (requirement.mandatory() || key.hop().implicitTls()) {
        return unavailable("4.7.5", "TLS failed: " + e.getMessage(), key);
      }
    } catch (IOException e) {
      return unavailable("4.4.2", "lost the connection before MAIL: " + e.getMessage(), key);
    }
    try {
      Way clear = new Way(key, Requirement.Clear.INSTANCE, TlsAccount.NONE); // counted above
      return open(clear, message, clock);
    } catch (IOException e) {
      return unavailable("4.4.2", "lost the connection before MAIL: " + e.getMessage(), key);
    }
  }

  /** To whom, what is demanded now, and who is told. */
  private record Way(Peer.Key key, Requirement use, TlsAccount account) {}

  private Opened open(Way way, Journey message, AttemptClock clock) throws IOException {
    Peer.Key key = way.key();
    Journey journey = message.newSession();
    SessionId session = journey.session().orElseThrow();
    Journey first = message.inSession(session);
    Connection connection;
    try {
      connection = connect(key, journey, first);
    } catch (IOException e) {
      String where = key.address().getHostAddress() + " port " + key.hop().port();
      return unavailable("4.4.1", "cannot connect to " + where + ": " + e.getMessage(), key);
    }
    SmtpClient client = new SmtpClient(connection, settings.timeouts(), time, journey);
    clock.watch(client);
    boolean ready = false;
    try {
      Optional<Outcome> refusal;
      try {
        refusal = introduce(client, way);
      } finally {
        client.noteIn(first);
      }
      ready = refusal.isEmpty();
      if (ready) {
        return new Opened.Ready(new Peer(key, client, session));
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

  private Connection connect(Peer.Key key, Journey journey, Journey first) throws IOException {
    InetAddress address = key.address();
    String host = key.name().host();
    int port = key.hop().port();
    try {
      Connection connection =
          connector.connect(
              new InetSocketAddress(address, port),
              settings.sourceFor(address),
              new Connector.Timeouts(
                  settings.connect(),
                  settings.timeouts().greeting(),
                  settings.timeouts().dataBlock()));
      journey.note(
          new Event.ConnectionOpened(
              "smtp", host, address.getHostAddress(), port, connection.local().host()));
      return connection;
    } catch (IOException e) {
      first.note(
          new Event.ConnectionFailed(
              "smtp", host, address.getHostAddress(), port, String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** Greeting, hello, TLS, hello again, AUTH: empty if all went well. */
  private Optional<Outcome> introduce(SmtpClient client, Way way) throws IOException {
    Peer.Key key = way.key();
    if (key.hop().implicitTls()) {
      client.implicitTls(upgrade(way));
    }
    Optional<Outcome> refusal = refusal(client.greeting(), key);
    if (refusal.isEmpty()) {
      refusal = refusal(client.hello(settings.helo()), key);
    }
    boolean inClear = way.use() == Requirement.Clear.INSTANCE;
    if (refusal.isEmpty() && !inClear && !key.hop().implicitTls()) {
      refusal = startTls(client, way);
    }
    if (refusal.isEmpty() && key.terms().requireTls()) {
      refusal = requireTls(client, key);
    }
    Optional<Credentials> credentials = key.hop().credentials();
    if (refusal.isEmpty() && credentials.isPresent()) {
      refusal = authenticate(client, key, credentials.get());
    }
    return refusal;
  }

  private Optional<Outcome> startTls(SmtpClient client, Way way) throws IOException {
    Peer.Key key = way.key();
    boolean mandatory = way.use().mandatory();
    if (!client.extensions().offers(Extension.STARTTLS)) {
      String why = "the server offers no STARTTLS";
      way.account().notOffered(client, why);
      return mandatory
          ? Optional.of(Outcomes.deferred("4.7.4", why, key.name()))
          : Optional.empty();
    }
    Reply reply;
    try {
      reply = client.startTls(upgrade(way));
    } catch (TlsHandshakeException e) {
      way.account().failed(client, e);
      throw e;
    }
    if (reply.code() / 100 == 2) {
      client.connection().tls().ifPresent(tls -> way.account().established(client, tls));
      return refusal(client.hello(settings.helo()), key);
    }
    way.account().notOffered(client, Outcomes.words(reply));
    // RFC 3207 §4.1: after 454 the client decides whether it goes on without
    return mandatory ? Optional.of(Outcomes.later(reply, key.name())) : Optional.empty();
  }

  /** RFC 8689 §4.2.1: waiting does not teach a server an extension. */
  private static Optional<Outcome> requireTls(SmtpClient client, Peer.Key key) {
    return client.extensions().offers(Extension.REQUIRE_TLS)
        ? Optional.empty()
        : Optional.of(
            new Outcome.Failed(
                EnhancedStatus.of("5.7.30"),
                "the message demands REQUIRETLS, which the server does not offer",
                Optional.of(key.name().host())));
  }

  private TlsUpgrade upgrade(Way way) {
    Host host = way.key().hop().host();
    return switch (way.use()) {
      case Requirement.Clear _, Requirement.Opportunistic _, Requirement.Encrypted _ ->
          tls.opportunistic(host);
      case Requirement.Verified(List<Domain> names) ->
          tls.authenticated(DnsName.of(names.getFirst()), chain -> vouched(names, chain));
      case Requirement.Dane dane ->
          tls.authenticated(
              dane.base(), new DaneProof(new DaneVerifier(dane.records(), dane.names()), time));
    };
  }

  /** An authority vouches for one of the names; else what is wrong with the first. */
  private PeerProof.Finding vouched(List<Domain> names, List<X509Certificate> chain) {
    List<PeerProof.Finding> found =
        names.stream().map(name -> tls.vouched(name).of(chain)).toList();
    return found.stream()
        .filter(PeerProof.Proven.class::isInstance)
        .findFirst()
        .orElse(found.getFirst());
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
