package org.thurn.lab.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.thurn.dns.Answer;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.net.Connector;
import org.thurn.net.Wire;
import org.thurn.queue.Outcome;
import org.thurn.server.Opened;
import org.thurn.smtp.client.Timeouts;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.StsNotes;
import org.thurn.tls.mtasts.StsPolicies;
import org.thurn.tls.mtasts.StsStatus;
import org.thurn.transfer.relay.Relay;
import org.thurn.transfer.relay.RelaySettings;
import org.thurn.transfer.relay.StsSource;

/** The sending server: the product's relay, with some of its defences. */
record Sender(SenderDefence defence, World world) {
  private static final Duration STEP = Duration.ofSeconds(10);

  /** What it trusts: certificates by the one, the DNS by the other. */
  record World(Path authorities, Path anchor) {}

  /**
   * How it sees the network.
   *
   * @param state where it keeps policies; empty at first contact
   * @param dns whom it asks
   * @param wire where its connections lead
   * @param parts keeps what it opens
   */
  record Way(Store state, InetSocketAddress dns, Wire wire, Opened parts) {}

  /** Fetches the domain's policy and keeps it. */
  void learnPolicy(Store state, Domain domain, InetSocketAddress dns, Wire wire, Time time)
      throws IOException {
    try (Opened parts = new Opened()) {
      Way way = new Way(state, dns, wire, parts);
      Connector connector = parts.keep(new Connector(wire));
      policies(way, resolver(way, time), connector, time).of(domain, new Notes(_ -> {}));
    }
  }

  /** Tries once. */
  Outcome send(Letter letter, Way way, Journey journey, Time time)
      throws IOException, InterruptedException {
    Resolver resolver = resolver(way, time);
    Connector connector = way.parts().keep(new Connector(way.wire()));
    StsSource sts = (_, _) -> new StsStatus.None("this sender does not ask for policies");
    if (defence.asksPolicies()) {
      StsPolicies policies = policies(way, resolver, connector, time);
      sts = (domain, about) -> policies.of(domain, new Notes(about::note));
    }
    RelaySettings settings =
        RelaySettings.of(Party.SENDER.host())
            .at(Range.SMTP_PORT, List.of(Party.SENDER.address()))
            .with(Timeouts.all(STEP));
    Relay relay =
        way.parts()
            .keep(
                new Relay(
                    settings,
                    resolver,
                    sts,
                    connector,
                    tls(),
                    _ -> {},
                    new Random(),
                    time,
                    journey));
    return relay.attempt(letter.attempt(journey, time.now())).getFirst();
  }

  private Resolver resolver(Way way, Time time) throws IOException {
    ResolverSettings settings = ResolverSettings.of(way.dns()).withTimeout(STEP);
    return new StubResolver(
        defence.validates() ? settings.withTrustAnchor(world.anchor()) : settings, time);
  }

  private TlsClient tls() throws IOException {
    return TlsClient.trusting(world.authorities());
  }

  private StsPolicies policies(Way way, Resolver resolver, Connector connector, Time time)
      throws IOException {
    PolicyFetch.Settings settings = new PolicyFetch.Settings(Range.POLICY_PORT, List.of(), STEP);
    return new StsPolicies(
        way.state(), resolver, new PolicyFetch(resolver, tls(), connector, settings), time);
  }

  /** What is learnt of policies, in the journey. */
  private record Notes(java.util.function.Consumer<Event> journey) implements StsNotes {
    @Override
    public void asked(Answer answer) {
      // what came of it follows
    }

    @Override
    public void happened(Event event) {
      journey.accept(event);
    }
  }
}
