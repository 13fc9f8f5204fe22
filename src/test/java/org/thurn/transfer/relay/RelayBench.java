package org.thurn.transfer.relay;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.net.Connector;
import org.thurn.net.TlsUpgrade;
import org.thurn.queue.Agent;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.client.ScriptedServer;
import org.thurn.smtp.client.Timeouts;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.StsStatus;
import org.thurn.tls.policy.Wish;
import org.thurn.tls.tlsrpt.SessionResult;

/** A relay, its DNS and scripted servers on loopback addresses of one port. */
final class RelayBench {
  final MapResolver dns = new MapResolver();
  final List<Entry> entries = new CopyOnWriteArrayList<>();
  final List<SessionResult> counted = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Ids ids = new Ids(Time.system());
  private final Journey journey = Journey.to(entries::add, Time.system(), ids);
  UnaryOperator<RelaySettings> tuning = UnaryOperator.identity();
  ReversePath sender = ReversePath.of(Mailbox.of("alice@strict.example"));
  Wish wish = Wish.USUAL;
  BodyType declared = BodyType.SEVEN_BIT;
  boolean smtpUtf8;
  StsSource sts = (_, _) -> new StsStatus.None("no policy");
  TlsClient tls = TlsClient.trustingSystem();
  private int port;
  private Optional<Relay> relay = Optional.empty();

  /** A server at an address of this bench. */
  ScriptedServer server(String address, String script) {
    return server(address, Optional.empty(), script);
  }

  ScriptedServer server(String address, Optional<TlsUpgrade> upgrade, String script) {
    ScriptedServer server = new ScriptedServer(address, port, upgrade, script);
    InetSocketAddress bound = server.address();
    port = bound.getPort();
    open.add(server);
    return server;
  }

  /** The port of a server that is not scripted. */
  int port() {
    return port;
  }

  void port(int other) {
    port = other;
  }

  Relay relay() {
    if (relay.isEmpty()) {
      Connector connector = new Connector();
      RelaySettings settings =
          tuning.apply(
              RelaySettings.of(Domain.of("relay.example"))
                  .at(port, List.of())
                  .with(Timeouts.all(Duration.ofSeconds(5))));
      Relay made =
          new Relay(
              settings,
              dns,
              sts,
              connector,
              tls,
              counted::add,
              new Random(1),
              Time.system(),
              journey);
      open.add(made);
      open.add(connector);
      relay = Optional.of(made);
    }
    return relay.get();
  }

  List<Outcome> attempt(String message, String... addresses) throws InterruptedException {
    Host host = Mailbox.of(addresses[0]).host();
    List<Recipient> recipients = new ArrayList<>();
    for (String address : addresses) {
      Mailbox mailbox = Mailbox.of(address);
      recipients.add(
          new Recipient(
              recipients.size(),
              mailbox,
              mailbox,
              new Destination.Remote(host),
              Set.of(),
              Optional.empty()));
    }
    Envelope envelope =
        new Envelope(
            ids.queue(),
            Optional.empty(),
            sender,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            declared,
            smtpUtf8,
            Instant.EPOCH,
            false,
            false,
            wish);
    return relay()
        .attempt(
            new Agent.Attempt(
                envelope, new Octets(message), recipients, 1, journey.about(envelope.id())));
  }

  List<Event> events() {
    return entries.stream().map(Entry::event).toList();
  }

  /** A body in memory; one char an octet. */
  record Octets(String text) implements Body {
    @Override
    public BodyId id() {
      return new BodyId("0".repeat(32));
    }

    @Override
    public long size() {
      return text.length();
    }

    @Override
    public String sha256() {
      return "";
    }

    @Override
    public InputStream open(long offset, long length) {
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      int from = (int) Math.min(offset, octets.length);
      return new ByteArrayInputStream(octets, from, (int) Math.min(length, octets.length - from));
    }
  }

  void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }
}
