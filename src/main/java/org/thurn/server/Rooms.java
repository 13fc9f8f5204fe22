package org.thurn.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.delivery.DeliverySettings;
import org.thurn.delivery.LocalDelivery;
import org.thurn.directory.Account;
import org.thurn.directory.Resolution;
import org.thurn.directory.StoreDirectory;
import org.thurn.dns.Resolver;
import org.thurn.journal.Journal;
import org.thurn.journal.JournalSettings;
import org.thurn.journal.MailLog;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.Recorders;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.Quota;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.queue.Agent;
import org.thurn.queue.Agents;
import org.thurn.queue.CrashPoint;
import org.thurn.queue.Destination;
import org.thurn.queue.StoreQueue;
import org.thurn.sasl.FailedLogins;
import org.thurn.sasl.SaslServers;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.time.SteadyClock;
import org.thurn.time.Time;
import org.thurn.tls.CryptoProvider;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.PolicySource;
import org.thurn.tls.tlsrpt.SessionResult;
import org.thurn.transfer.dsn.DsnWriter;
import org.thurn.transfer.intake.Authentication;
import org.thurn.transfer.intake.Intake;
import org.thurn.transfer.relay.Relay;
import org.thurn.transfer.reports.DmarcReading;
import org.thurn.transfer.reports.DmarcReports;
import org.thurn.transfer.reports.HousePost;
import org.thurn.transfer.reports.ReceivedReports;
import org.thurn.transfer.reports.ReportInbox;
import org.thurn.transfer.reports.ReportSettings;
import org.thurn.transfer.signing.KeyKeeping;
import org.thurn.transfer.signing.KeyPublisher;
import org.thurn.transfer.signing.MailSealer;
import org.thurn.transfer.signing.MailSigner;
import org.thurn.transfer.signing.SigningKeys;
import org.thurn.transfer.submission.SubmissionService;

/**
 * Every room of one server, opened from the ground up and closed the other way round. What the
 * settings decide hangs on {@link #current}, so that a reload swaps it and the rooms stay.
 */
final class Rooms implements AutoCloseable {
  /** Longer than a message can wait in the queue. */
  private static final Duration MARKS = Duration.ofDays(30);

  private final Opened opened;
  private volatile Current current;

  private final Time time;
  private final SteadyClock steady;
  final StateFolder state;
  final RocksStore store;
  final Metrics metrics;
  final Journal journal;
  final Journey journey;
  final StoreDirectory directory;
  final MailStore mail;
  final SaslServers sasl;
  final StoreQueue queue;
  final Intake intake;
  final Resolver resolver;
  final DmarcReports reports;
  final ReceivedReports received;
  final TlsRoom tls;
  final SubmissionService submission;
  final SigningKeys keys;
  final KeyKeeping keeping;
  final StsRoom sts;

  /** What a reload replaces. */
  record Current(
      Settings settings,
      Resolver resolver,
      DmarcSettings dmarc,
      Optional<Authentication> authentication,
      Optional<KeyPublisher> publisher,
      PolicySource policySource,
      TlsClient client,
      Relay relay) {}

  private Rooms(Opened opened, Settings settings, Shared shared, Time time, CrashPoint.Hook crash)
      throws IOException, SettingsException {
    this.opened = opened;
    this.time = time;
    this.steady = new SteadyClock(time);
    state = StateFolder.open(settings.state());
    store =
        opened.keep(
            RocksStore.open(state.store(settings.intake().reserveOctets()), shared.budget(), time));
    metrics = opened.keep(new Metrics());
    Ids ids = new Ids(time);
    journal = opened.keep(new Journal(store, JournalSettings.defaults(), time, ids));
    MailLog.Format format = settings.log().json() ? MailLog.Format.JSON : MailLog.Format.LOGFMT;
    MailLog log = opened.keep(new MailLog(state.log(), format, time, ids));
    journey = Journey.to(Recorders.all(journal, log, metrics), time, ids);
    directory = opened.keep(new StoreDirectory(store, time, journey));
    mail = new MailStore(store, time, this::quota, this::incarnation);
    boolean limitLoopback = settings.intake().limitLoopback();
    sasl =
        new SaslServers(
            directory, state.secret(), new FailedLogins(directory::canonical, limitLoopback, time));
    sts = StsRoom.of(store, this::current, directory::isLocal, time, journey);
    opened.keep(sts.keeping());
    current = prepare(settings, shared);
    opened.keep(() -> current().relay().close());
    resolver = (name, type) -> current().resolver().ask(name, type);
    keys = new SigningKeys(store, Cryptography.of(CryptoProvider.get()), time);
    MailSigner signer =
        new MailSigner(keys, directory::isLocal, () -> current().settings().dkim().signer());
    MailSealer sealer = new MailSealer(keys, () -> sealingDomain(current().settings()));
    keeping =
        new KeyKeeping(
            keys,
            resolver,
            () -> current().publisher(),
            () -> Wiring.rotation(current().settings()),
            time,
            journey);
    received = new ReceivedReports(store);
    Agent local =
        new ReportInbox(
            new LocalDelivery(mail, directory, time, () -> DeliverySettings.DEFAULT),
            new DmarcReading(this::reportSettings, this::isOurs, received, time));
    TlsRoom.Received receivedTls = TlsRoom.Received.of(store, this::current, this::isOurs, time);
    DsnWriter notifier =
        new DsnWriter(
            Wiring.notifications(settings),
            this::destination,
            MessageBuilder.random(),
            signer::signed,
            time);
    queue =
        opened.keep(
            new StoreQueue(
                Wiring.queue(settings),
                store,
                new Agents(
                    new ReportInbox(local, receivedTls.reading()),
                    attempt -> current().relay().attempt(attempt),
                    notifier),
                journey,
                time,
                new Random(),
                crash));
    HousePost post = new HousePost(queue, store, this::destination, signer::signed, time, journey);
    reports =
        opened.keep(
            new DmarcReports(this::reportSettings, resolver, () -> current().dmarc(), post));
    tls = opened.keep(TlsRoom.of(receivedTls, this::current, resolver, shared, post));
    intake =
        new Intake(
            () -> Wiring.intake(current().settings()),
            directory,
            resolver,
            store,
            queue,
            time,
            () -> current().authentication().map(a -> a.heardBy(reports.observer())),
            signer,
            sealer,
            this::full);
    submission = new SubmissionService(intake, journey);
    metrics.gauge(
        "thurn.queue.recipients",
        "recipients without a terminal state",
        () -> queue.openRecipients());
  }

  /**
   * Opens them all, or none.
   *
   * @param crash is told of each of the queue's crash points
   */
  static Rooms open(Settings settings, Shared shared, Time time, CrashPoint.Hook crash)
      throws IOException, SettingsException {
    Opened opened = new Opened();
    try {
      return new Rooms(opened, settings, shared, time, crash);
    } catch (IOException | SettingsException | RuntimeException e) {
      opened.abandon(e);
      throw e;
    }
  }

  Current current() {
    return current;
  }

  /** Puts new settings in force for what begins from now on; the old relay ends what it does. */
  void replace(Current prepared) {
    Current before = current;
    current = prepared;
    before.relay().close();
  }

  /** Makes what new settings ask for, not yet in force. */
  Current prepare(Settings settings, Shared shared) throws SettingsException {
    Resolver resolver = Wiring.resolver(settings, time);
    DmarcSettings dmarc = Wiring.dmarc(settings);
    return new Current(
        settings,
        resolver,
        dmarc,
        Wiring.authentication(settings, dmarc, resolver, time),
        Wiring.publisher(settings),
        RelayWiring.policySource(settings, resolver, shared),
        RelayWiring.client(settings),
        RelayWiring.relay(settings, resolver, sts::known, this::counted, shared, time, journey));
  }

  /** The relay is made before what counts its sessions, and used after. */
  private void counted(SessionResult session) {
    tls.reports().observer().counted(session);
  }

  private Optional<Domain> sealingDomain(Settings settings) {
    Settings.Arc arc = settings.arc();
    if (!arc.seal()) {
      return Optional.empty();
    }
    return arc.domain().isPresent()
        ? arc.domain().filter(directory::isLocal)
        : MailSigner.nearestLocal(settings.hostname(), directory::isLocal);
  }

  /** Why nothing can be sealed though the settings want it; empty if it can. */
  Optional<String> unsealable(Settings settings) {
    Settings.Arc arc = settings.arc();
    if (!arc.seal() || sealingDomain(settings).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        arc.domain()
            .map(domain -> "[arc] domain must be one of this server's domains, not " + domain)
            .orElse(
                "[arc] needs domain: "
                    + settings.hostname()
                    + " is neither in nor below a domain of this server"));
  }

  private ReportSettings reportSettings() {
    return Wiring.reports(current().settings());
  }

  /** A policy stands at one of our domains, or above one; never at a top-level domain. */
  private boolean isOurs(DomainName domain) {
    return directory.domains().stream()
        .map(DomainName::of)
        .anyMatch(own -> domain.isWithin(own) || (domain.labels() > 1 && own.isWithin(domain)));
  }

  private Quota quota(Mailbox account) {
    OptionalLong octets = directory.quota(account);
    return octets.isPresent() ? new Quota(octets.getAsLong(), Long.MAX_VALUE) : Quota.NONE;
  }

  /** An account that was removed and made anew is another one. */
  private String incarnation(Mailbox account) {
    return directory.account(account).map(one -> "" + one.created().toEpochMilli()).orElse("");
  }

  private boolean full(Mailbox account) {
    OptionalLong octets = directory.quota(account);
    return octets.isPresent() && mail.account(account).usage().bytes() >= octets.getAsLong();
  }

  /** Where a notification to a sender goes: one of our accounts, or the sender's host. */
  private Destination destination(Mailbox address) {
    Optional<Resolution.Target.Account> account =
        directory.resolve(address) instanceof Resolution.Found(var targets, _)
            ? accountAmong(targets)
            : Optional.empty();
    return account
        .<Destination>map(a -> new Destination.Local(a.address(), a.detail()))
        .orElseGet(() -> new Destination.Remote(address.host()));
  }

  private static Optional<Resolution.Target.Account> accountAmong(List<Resolution.Target> targets) {
    return targets.stream()
        .filter(Resolution.Target.Account.class::isInstance)
        .map(Resolution.Target.Account.class::cast)
        .findFirst();
  }

  /** Attends to the keys of the domains, if mail is to be signed. */
  void keepKeys() {
    if (current().settings().dkim().signer().sign()) {
      keeping.round(directory.domains());
    }
  }

  /** Removes delivery marks, and the mail of former accounts, past their retention. */
  void purge() {
    Instant before = steady.now().minus(MARKS);
    mail.purge(before);
    received.purge(steady.now().minus(ReceivedReports.KEPT));
    tls.received().purge(steady.now());
    mail.forget(
        directory.accounts(Optional.empty()).stream().map(Account::address).toList(), before);
  }

  Path log() {
    return state.log();
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
