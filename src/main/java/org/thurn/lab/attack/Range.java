package org.thurn.lab.attack;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurn.dns.ZoneSyntaxException;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.net.ListenerSettings;
import org.thurn.net.Wire;
import org.thurn.queue.Outcome;
import org.thurn.server.Opened;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;

/**
 * The small internet on which attacks are played: receivers, their DNS, and an attacker on every
 * wire. Nothing of it is kept. Safe for many threads.
 */
public final class Range implements AutoCloseable {
  /** Where every MX listens, as the sender sees it. */
  static final int SMTP_PORT = 25;

  /** Where every policy is, as the sender sees it. */
  static final int POLICY_PORT = 443;

  private final Opened opened;
  private final Time time;
  private final Ids ids;
  private final Authority trusted;
  private final Names names;
  private final Store kept;
  private final Map<ReceiverDefence, Target> targets = new EnumMap<>(ReceiverDefence.class);
  private final Map<Attack, TlsServer> certificates = new EnumMap<>(Attack.class);
  private final Map<ReceiverDefence, InetSocketAddress> oldPolicies =
      new EnumMap<>(ReceiverDefence.class);

  private Range(Opened opened, Path folder, Time time) throws IOException, ZoneSyntaxException {
    this.opened = opened;
    Files.createDirectories(folder);
    this.time = time;
    this.ids = new Ids(time);
    this.trusted = new Authority(folder.resolve("ca"), "An authority that all trust", time.now());
    RocksBudget budget = opened.keep(RocksBudget.small());
    this.kept =
        opened.keep(RocksStore.open(RocksStoreSettings.of(folder.resolve("store")), budget, time));
    Authority own = new Authority(folder.resolve("own"), "The attacker's own", time.now());
    for (ReceiverDefence defence : ReceiverDefence.values()) {
      targets.put(defence, Target.open(defence, trusted, ids, time, opened));
      oldPolicies.put(defence, oldPolicy(defence, own));
    }
    this.names = new Names(folder, List.copyOf(targets.values()), time, opened);
    Domain[] hosts = targets.keySet().stream().map(ReceiverDefence::host).toArray(Domain[]::new);
    certificates.put(Attack.UNTRUSTED, own.issue(hosts));
    certificates.put(Attack.EXPIRED, trusted.issueExpired(hosts));
    certificates.put(Attack.FRAUDULENT, trusted.issue(hosts));
  }

  /**
   * Opens it.
   *
   * @param folder for keys and certificates, drawn anew each time
   * @throws java.net.BindException if an address of 127.25.0.0/24 is not this machine's
   */
  public static Range open(Path folder, Time time) throws IOException {
    Opened opened = new Opened();
    try {
      return new Range(opened, folder, time);
    } catch (ZoneSyntaxException e) {
      IOException failure = new IOException("the range's own zones cannot be read", e);
      opened.abandon(failure);
      throw failure;
    } catch (IOException | RuntimeException e) {
      opened.abandon(e);
      throw e;
    }
  }

  /** What the domain's policy was a year ago, as the attacker can show it. */
  private InetSocketAddress oldPolicy(ReceiverDefence defence, Authority own) throws IOException {
    return Target.listen(
        ListenerSettings.tcp("https", new InetSocketAddress(Party.ATTACKER, 0))
            .withTls(own.issue(defence.policyHost())),
        new PolicySite(Edition.OLD_NONE.text(defence)),
        time,
        opened);
  }

  /**
   * Sends one message under one attack.
   *
   * @throws IOException if it could not be played
   */
  public Played play(Cell cell) throws IOException, InterruptedException {
    long began = time.ticks();
    Target target = target(cell.receiver());
    List<Entry> entries = new CopyOnWriteArrayList<>();
    Journey journey = Journey.to(entries::add, time, ids);
    Letter letter = Letter.to(cell.receiver().domain(), ids.queue());
    Sender sender = new Sender(cell.sender(), new Sender.World(trusted.file(), names.anchor()));
    Store state = new FreshRows(kept, letter.mark().text());
    if (cell.sender().kept().isPresent()) {
      Edition edition = cell.sender().kept().get();
      Wire then = wire(target, edition);
      sender.learnPolicy(state, cell.receiver().domain(), names.honest(edition), then, time);
    }
    try (Tap tap = new Tap(Party.ATTACKER, target.smtp(), way(cell.attack()))) {
      Outcome outcome;
      try (Opened parts = new Opened()) {
        Wire now = wire(cell, target, tap);
        Sender.Way way = new Sender.Way(state, names.under(cell.attack()), now, parts);
        journey
            .about(letter.mark())
            .note(new Event.AttemptStarted(1, target.defence().domain().ascii()));
        outcome = sender.send(letter, way, journey, time);
      }
      int copies = target.letters().take(letter.secret()).size();
      Duration took = Duration.ofNanos(time.ticks() - began);
      List<Entry> receiver = target.journal().sessions(tap.clients());
      Trace trace = new Trace(entries, tap.recording().items(), receiver);
      String read = tap.recording().heard().contains(letter.secret()) ? letter.text() : "";
      return played(cell, took, outcome, read, copies, trace);
    }
  }

  private Played played(
      Cell cell, Duration took, Outcome outcome, String read, int copies, Trace trace) {
    Optional<Event.TlsPolicyChosen> policy = last(trace, Event.TlsPolicyChosen.class);
    Optional<Event.TlsEstablished> tls = last(trace, Event.TlsEstablished.class);
    Fate fate =
        switch (outcome) {
          case Outcome.Relayed _ -> read.isEmpty() ? Fate.SAFE : Fate.READABLE;
          case Outcome.Deferred _ -> Fate.DEFERRED;
          case Outcome.Failed _ -> Fate.BOUNCED;
          case Outcome.Stored _, Outcome.Discarded _ ->
              throw new IllegalStateException("a relay does not do that: " + outcome);
        };
    String reason =
        switch (outcome) {
          case Outcome.Deferred deferred -> deferred.reason();
          case Outcome.Failed failed -> failed.reason();
          case Outcome.Relayed _, Outcome.Stored _, Outcome.Discarded _ -> carried(policy, tls);
        };
    return new Played(cell, time.now(), took, fate, reason, policy, tls, read, copies, trace);
  }

  private static String carried(
      Optional<Event.TlsPolicyChosen> policy, Optional<Event.TlsEstablished> tls) {
    String how =
        tls.map(agreed -> "over TLS; its certificate: " + agreed.verification())
            .orElse("in the clear");
    return how + policy.map(chosen -> "; " + chosen.reason()).orElse("");
  }

  private static <E extends Event> Optional<E> last(Trace trace, Class<E> kind) {
    return trace.sender().reversed().stream()
        .map(Entry::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  private Tap.Way way(Attack attack) {
    if (attack.forges()) {
      TlsServer own = certificates.get(attack);
      if (own == null) {
        throw new IllegalStateException("no certificate for " + attack);
      }
      return new Tap.Way.Forging(
          own, TlsClient.trustingSystem().opportunistic(Domain.of("mx.example")));
    }
    if (attack.strips()) {
      return new Tap.Way.Stripping();
    }
    return attack == Attack.DOWNGRADE ? new Tap.Way.Downgrading() : new Tap.Way.Listening();
  }

  /** On a day without attack, when the policy was this one. */
  private static Wire wire(Target target, Edition edition) {
    return remote -> {
      check(remote, target);
      return remote.getPort() == POLICY_PORT ? target.site(edition) : target.smtp();
    };
  }

  private Wire wire(Cell cell, Target target, Tap tap) {
    return remote -> {
      check(remote, target);
      if (remote.getPort() != POLICY_PORT) {
        return tap.address();
      }
      return switch (cell.attack()) {
        case POLICY_HIDDEN -> throw new ConnectException("Connection refused");
        case REPLAY -> oldPolicies.getOrDefault(cell.receiver(), target.site(Edition.CURRENT));
        case LISTEN, STRIP, UNTRUSTED, EXPIRED, FRAUDULENT, DNSSEC_BROKEN, DOWNGRADE ->
            target.site(Edition.CURRENT);
      };
    };
  }

  /** Nothing leaves the range. */
  private static void check(InetSocketAddress remote, Target target) throws IOException {
    boolean known = remote.getPort() == SMTP_PORT || remote.getPort() == POLICY_PORT;
    if (!known || !remote.getAddress().equals(target.defence().address())) {
      throw new ConnectException("there is nobody at " + remote);
    }
  }

  private Target target(ReceiverDefence defence) {
    Target target = targets.get(defence);
    if (target == null) {
      throw new IllegalStateException("nobody defends himself by " + defence);
    }
    return target;
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
