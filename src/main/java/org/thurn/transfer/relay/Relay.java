package org.thurn.transfer.relay;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.Connector;
import org.thurn.queue.Agent;
import org.thurn.queue.Destination;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.dane.DaneLookup;
import org.thurn.tls.mtasts.StsStatus;
import org.thurn.tls.policy.Level;
import org.thurn.tls.policy.TlsPolicy;
import org.thurn.tls.policy.Wish;
import org.thurn.transfer.Questions;

/** The queue's agent for other hosts. Safe for many threads. */
public final class Relay implements Agent, AutoCloseable {
  private static final int SEAT_SECONDS = 60;
  private static final StsStatus NOT_ASKED = new StsStatus.None("it cannot matter");

  private final RelaySettings settings;
  private final Questions questions;
  private final MxLookup mx;
  private final StsSource sts;
  private final TlsObserver observer;
  private final PeerOpener opener;
  private final PeerCache cache;
  private final DestinationLimits seats;
  private final Time time;

  /**
   * A relay.
   *
   * @param sts knows the MTA-STS policies of destinations
   * @param observer told how TLS goes
   * @param random shuffles hosts of equal preference
   * @param journey about nothing: for what happens to a connection between two messages
   */
  public Relay(
      RelaySettings settings,
      Resolver resolver,
      StsSource sts,
      Connector connector,
      TlsClient tls,
      TlsObserver observer,
      RandomGenerator random,
      Time time,
      Journey journey) {
    this.settings = settings;
    this.questions = new Questions(resolver);
    this.mx = new MxLookup(questions, settings, random);
    this.sts = sts;
    this.observer = observer;
    this.opener = new PeerOpener(settings, connector, tls, time);
    this.cache = new PeerCache(settings.limits(), time, journey);
    this.seats = new DestinationLimits(settings.limits().perDestination());
    this.time = time;
  }

  @Override
  public List<Outcome> attempt(Attempt attempt) throws InterruptedException {
    Host destination = destination(attempt);
    Host shared = shared(destination);
    if (!seats.acquire(shared, SEAT_SECONDS)) {
      return all(
          attempt,
          new Outcome.Deferred(
              EnhancedStatus.of("4.4.5"), "too much mail for one host", Optional.empty()));
    }
    try {
      return switch (nextHops(destination, attempt.journey())) {
        case NextHops.Nowhere(Outcome outcome) -> all(attempt, outcome);
        case NextHops.Hosts hosts -> carry(attempt, destination, hosts);
      };
    } finally {
      seats.release(shared);
    }
  }

  /** Whose connections are counted: all that goes by one smarthost shares its limit. */
  private Host shared(Host destination) {
    return settings.routes().to(destination) instanceof Route.Via via ? via.host() : destination;
  }

  private static Host destination(Attempt attempt) {
    return switch (attempt.recipients().getFirst().destination()) {
      case Destination.Remote(Host host) -> host;
      case Destination.Local local ->
          throw new IllegalArgumentException("not for another host: " + local.account());
    };
  }

  private NextHops nextHops(Host destination, Journey journey) {
    return switch (settings.routes().to(destination)) {
      case Route.Via via ->
          new NextHops.Hosts(
              List.of(new Hop(via.host(), 0, via.port(), via.implicitTls(), via.credentials())),
              false,
              true);
      case Route.Mx _ ->
          switch (destination) {
            case Domain domain -> mx.lookup(domain, journey);
            case AddressLiteral literal ->
                new NextHops.Hosts(List.of(Hop.mx(literal, 0, settings.port())), false, true);
          };
    };
  }

  private List<Outcome> carry(Attempt attempt, Host destination, NextHops.Hosts hosts) {
    OutgoingMessage message;
    try {
      message = OutgoingMessage.of(attempt.envelope(), attempt.body());
    } catch (IOException e) {
      attempt.journey().note(new Event.Fault("relay", "cannot read the body: " + e.getMessage()));
      return all(
          attempt,
          new Outcome.Deferred(
              EnhancedStatus.of("4.3.0"), "this server cannot read the message", Optional.empty()));
    }
    try (AttemptClock clock = new AttemptClock(time, settings.limits().attempt())) {
      TlsTerms terms = terms(attempt, destination, hosts);
      Carriage carriage = new Carriage(settings.limits(), opener, cache, attempt, message, clock);
      int hostsTried = 0;
      int worst = Integer.MAX_VALUE; // the preference at which we are in the list ourselves
      for (Hop hop : hosts.hops()) {
        if (hostsTried < settings.limits().hosts()
            && carriage.goesOn()
            && hop.preference() < worst) {
          hostsTried++;
          Addresses addresses = Addresses.of(hop, questions, settings, attempt.journey());
          worst = addresses.ourselves() ? hop.preference() : worst;
          if (!addresses.found().isEmpty()) {
            switch (terms.of(hop)) {
              case TlsTerms.Decided.Agreed agreed -> carriage.at(hop, agreed, addresses.found());
              case TlsTerms.Decided.Avoided(Outcome outcome) -> carriage.nobodyHere(outcome);
            }
          }
          nowhere(addresses, hosts.implicit(), destination).ifPresent(carriage::nobodyHere);
        }
      }
      return carriage.outcomes();
    }
  }

  private TlsTerms terms(Attempt attempt, Host destination, NextHops.Hosts hosts) {
    Journey journey = attempt.journey();
    Wish wish = attempt.envelope().wish();
    DaneLookup dane = new DaneLookup((name, type) -> tlsa(name, type, journey));
    return switch (settings.routes().to(destination)) {
      case Route.Via via ->
          new TlsTerms(
              new TlsPolicy(via.host(), true, via.level(), wish, NOT_ASKED),
              dane,
              journey,
              Optional.empty());
      case Route.Mx _ -> {
        Level level = settings.tls().of(destination);
        StsStatus known =
            destination instanceof Domain domain && TlsPolicy.asksSts(level, wish)
                ? sts.of(domain, journey)
                : NOT_ASKED;
        TlsPolicy policy = new TlsPolicy(destination, hosts.proven(), level, wish, known);
        yield new TlsTerms(policy, dane, journey, Optional.of(observer));
      }
    };
  }

  /** The addresses were noted when they were looked up. */
  private Answer tlsa(DnsName name, RecordType type, Journey journey) {
    return type == RecordType.TLSA
        ? questions.ask(name, type, "tlsa", journey)
        : questions.resolver().ask(name, type);
  }

  /** What a hop without a usable address means for those who have no other. */
  private static Optional<Outcome> nowhere(
      Addresses addresses, boolean implicit, Host destination) {
    if (addresses.ourselves()) {
      return Optional.of(
          destination instanceof Domain domain
              ? MxLookup.loop(domain).outcome()
              : new Outcome.Failed(
                  EnhancedStatus.of("5.4.6"), "this server is that address", Optional.empty()));
    }
    if (implicit && addresses.outcome().orElse(null) instanceof Outcome.Failed) {
      return Optional.of(
          new Outcome.Failed(
              EnhancedStatus.of("5.1.2"),
              "the domain " + destination + " has no mail server: neither MX nor address",
              Optional.empty()));
    }
    return addresses.outcome();
  }

  private static List<Outcome> all(Attempt attempt, Outcome outcome) {
    return Collections.nCopies(attempt.recipients().size(), outcome);
  }

  /** Ends idle connections. */
  @Override
  public void close() {
    cache.close();
  }
}
