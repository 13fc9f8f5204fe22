package org.thurn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.rotation.RotationSettings;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.PublicSuffixes;
import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.authentication.inbound.InboundSettings;
import org.thurn.authentication.spf.SpfSettings;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.TsigKey;
import org.thurn.dns.Updater;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.queue.QueueSettings;
import org.thurn.queue.RetryPolicy;
import org.thurn.time.Time;
import org.thurn.tls.CryptoProvider;
import org.thurn.tls.TlsServer;
import org.thurn.tls.acme.AcmeAuthority;
import org.thurn.tls.acme.AcmeSettings;
import org.thurn.tls.acme.CertificateAuthority;
import org.thurn.tls.acme.CertificateStore;
import org.thurn.tls.acme.Challenges;
import org.thurn.tls.acme.RecordPublisher;
import org.thurn.tls.acme.SelfSigned;
import org.thurn.transfer.dsn.DsnSettings;
import org.thurn.transfer.intake.Authentication;
import org.thurn.transfer.intake.IntakeSettings;
import org.thurn.transfer.reports.ReportSettings;
import org.thurn.transfer.signing.KeyPublisher;
import org.thurn.transfer.tlsreports.TlsReportSettings;

/** Turns the settings of the machine into those of each room. */
final class Wiring {
  /** As long as the calendar of certificates: nobody waits for it. */
  private static final Duration NEVER = Duration.ofDays(365_000);

  private static final Duration WEEK = Duration.ofDays(7);

  private Wiring() {}

  /** Something made from a file that the settings name. */
  interface FromFile<T> {
    T read() throws IOException;
  }

  /** A file that is there but does not hold what it should is a mistake in the settings. */
  static <T> T fromFile(String key, FromFile<T> file) throws SettingsException {
    try {
      return file.read();
    } catch (IOException e) {
      throw new SettingsException(key + " cannot be used: " + e.getMessage());
    }
  }

  /** Empty if nothing is to be offered over TLS. */
  static Optional<TlsServer> certificates(Settings settings, Time time) throws SettingsException {
    List<TlsServer.Pair> files = new ArrayList<>();
    settings.tls().ifPresent(tls -> files.add(new TlsServer.Pair(tls.certificate(), tls.key())));
    files.addAll(settings.certificates().files());
    if (files.isEmpty()) {
      return settings
          .certificates()
          .acme()
          .map(_ -> TlsServer.showing(SelfSigned.placeHolder(settings.hostname(), time.now())));
    }
    return Optional.of(
        fromFile(
            "[tls] certificate or key, or one of [[certificate]],", () -> TlsServer.of(files)));
  }

  /** Who issues certificates. */
  static CertificateAuthority authority(
      AcmeSettings acme, CertificateStore store, Challenges challenges, Time time)
      throws SettingsException {
    return fromFile("[acme] ca", () -> AcmeAuthority.of(acme, store, challenges, time));
  }

  static Resolver resolver(Settings settings, Time time) throws SettingsException {
    List<InetSocketAddress> servers =
        settings.dns().servers().isEmpty()
            ? fromFile("/etc/resolv.conf", Resolvers::machine)
            : settings.dns().servers();
    ResolverSettings resolver =
        ResolverSettings.of(servers.toArray(InetSocketAddress[]::new))
            .withTimeout(settings.dns().timeout());
    if (settings.dns().trustAnchor().isPresent()) {
      resolver = resolver.withTrustAnchor(settings.dns().trustAnchor().get());
    }
    ResolverSettings chosen = resolver;
    return fromFile("[dns] trust-anchor", () -> new StubResolver(chosen, time));
  }

  static IntakeSettings intake(Settings settings) {
    Settings.Intake intake = settings.intake();
    return new IntakeSettings(
        settings.hostname(),
        intake.maxOctets(),
        intake.maxRecipients() * 10,
        intake.trustedNetworks(),
        List.of(),
        intake.rejectSenderWithoutMx(),
        intake.reserveOctets(),
        intake.messagesPerHour(),
        intake.messagesPerHour() * 10,
        intake.unknownPerHour(),
        intake.limitLoopback(),
        intake.requireTlsFrom(),
        false);
  }

  static DmarcSettings dmarc(Settings settings) throws SettingsException {
    Settings.Authentication wanted = settings.authentication();
    Optional<PublicSuffixes> suffixes = Optional.empty();
    if (wanted.suffixes().isPresent()) {
      Path list = wanted.suffixes().get();
      suffixes = Optional.of(fromFile("public-suffix-list", () -> PublicSuffixes.load(list)));
    }
    return new DmarcSettings(
        suffixes, DmarcSettings.QUESTIONS, DmarcSettings.TIME, wanted.page().dmarc());
  }

  /** Empty if nobody is to be checked. */
  static Optional<Authentication> authentication(
      Settings settings, DmarcSettings dmarc, Resolver resolver, Time time) {
    Settings.Authentication wanted = settings.authentication();
    if (!wanted.check()) {
      return Optional.empty();
    }
    InboundCheck check =
        new InboundCheck(
            resolver,
            new InboundSettings(SpfSettings.of(settings.hostname()), dmarc),
            time,
            Cryptography.of(CryptoProvider.get()));
    return Optional.of(new Authentication(check, wanted.page(), wanted.receivedSpf()));
  }

  /**
   * How long keys live. One that signs no more stays in the DNS for as long as a message that it
   * signed may wait, and two days for whoever checks late; a week at least.
   */
  static RotationSettings rotation(Settings settings) {
    RotationSettings usual = RotationSettings.DEFAULT;
    Duration every = settings.dkim().rotateEvery();
    Duration waits = settings.queue().expireAfter().plusDays(2);
    return new RotationSettings(
        usual.algorithms(),
        every.isZero() ? NEVER : every,
        usual.propagation(),
        waits.compareTo(WEEK) > 0 ? waits : WEEK,
        usual.revocation());
  }

  /** Who tells the DNS of keys; empty where people do. */
  static Optional<KeyPublisher> publisher(Settings settings) throws SettingsException {
    if (settings.dkim().update().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(updated("[dkim.update]", settings.dkim().update().get()));
  }

  /** Who writes what certificates need into the DNS; empty where people do. */
  static Optional<RecordPublisher> records(Settings settings) throws SettingsException {
    Optional<Settings.Update> update = settings.certificates().update();
    return update.isEmpty()
        ? Optional.empty()
        : Optional.of(updated("[acme.update]", update.get()));
  }

  private static UpdatedDns updated(String table, Settings.Update update) throws SettingsException {
    TsigKey key =
        fromFile(
            table + " secret-file",
            () -> TsigKey.read(update.key(), update.algorithm(), update.secretFile()));
    return new UpdatedDns(new Updater(update.server(), key));
  }

  static ReportSettings reports(Settings settings) {
    Settings.Dmarc dmarc = settings.dmarc();
    Domain host = settings.hostname();
    return new ReportSettings(
        host,
        dmarc.send(),
        dmarc.sendFailures(),
        dmarc.organization().orElse(host.ascii()),
        dmarc.from().orElseGet(() -> new Mailbox(new LocalPart("postmaster"), host)),
        dmarc.contact().orElse(""),
        dmarc.receiveAt());
  }

  static TlsReportSettings tlsReports(Settings settings) {
    Settings.TlsReports wanted = settings.tlsReports();
    Domain host = settings.hostname();
    Mailbox from = wanted.from().orElseGet(() -> new Mailbox(new LocalPart("postmaster"), host));
    Optional<InetAddress> address = settings.relay().address();
    return new TlsReportSettings(
        host,
        wanted.send(),
        wanted.organization().orElse(host.ascii()),
        from,
        wanted.contact().orElse(from.toString()),
        wanted.receiveAt(),
        wanted.receiveHttps(),
        new TlsReportSettings.Posting(
            settings.sts().port(),
            address.stream().toList(),
            // whose mail leaves from there talks to this machine alone
            address.filter(InetAddress::isLoopbackAddress).isPresent()));
  }

  static QueueSettings queue(Settings settings) {
    Settings.Queue queue = settings.queue();
    QueueSettings usual = QueueSettings.defaults();
    return new QueueSettings(
        usual.shards(),
        new RetryPolicy(
            queue.firstRetry(),
            queue.longestRetry(),
            queue.expireAfter(),
            queue.delayNotice(),
            usual.retry().jitter()),
        usual.local(),
        usual.perAccount(),
        usual.remote(),
        settings.relay().perDestination(),
        usual.waiting(),
        usual.retention(),
        usual.check(),
        usual.drain());
  }

  static DsnSettings notifications(Settings settings) {
    DsnSettings usual = DsnSettings.of(settings.hostname());
    return new DsnSettings(
        settings.hostname(), settings.queue().expireAfter(), usual.maxReturned(), usual.delays());
  }
}
