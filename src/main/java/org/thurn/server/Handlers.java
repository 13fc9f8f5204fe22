package org.thurn.server;

import java.util.Optional;
import org.thurn.access.imap.ImapServer;
import org.thurn.access.imap.ImapSettings;
import org.thurn.access.pop3.Pop3Server;
import org.thurn.access.pop3.Pop3Settings;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.SmtpServer;
import org.thurn.smtp.server.SmtpServerSettings;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;
import org.thurn.tls.acme.HttpChallenges;

/** Makes the dialogue of each listener. */
final class Handlers {
  private final Rooms rooms;
  private final Optional<TlsServer> tls;
  private final HttpChallenges challenges;
  private final Time time;
  private final Pop3Server pop3;

  Handlers(Rooms rooms, Certificates certificates, Settings settings, Time time) {
    this.rooms = rooms;
    this.time = time;
    this.tls = certificates.tls();
    this.challenges = certificates.http();
    this.pop3 =
        new Pop3Server(
            Pop3Settings.of(settings.hostname().ascii(), Optional.empty()),
            rooms.sasl,
            rooms.directory,
            rooms.mail,
            rooms.journey,
            time);
  }

  Optional<TlsServer> tls() {
    return tls;
  }

  /** What web listeners show. */
  WebListener.Pages pages() {
    return new WebListener.Pages(
        rooms.metrics,
        () -> rooms.current().settings().intake().trustedNetworks(),
        challenges,
        rooms.sts.own(),
        new PostedReports(
            () -> rooms.current().settings().tlsReports().receiveHttps(),
            rooms.tls.received().intake(),
            rooms.journey,
            time));
  }

  /** What begins with the first octet of a connection, if anything does. */
  Optional<TlsUpgrade> implicit(ListenerSetting setting) {
    return setting.tls() == TlsMode.IMPLICIT ? Optional.of(tls.orElseThrow()) : Optional.empty();
  }

  /** The same for the web, which writes whole pages: see {@link TlsServer#withoutTickets()}. */
  Optional<TlsUpgrade> web(ListenerSetting setting) {
    return setting.tls() == TlsMode.IMPLICIT
        ? Optional.of(tls.orElseThrow().withoutTickets())
        : Optional.empty();
  }

  ConnectionHandler handler(ListenerSetting setting, Settings settings) {
    return switch (setting.protocol()) {
      case SMTP -> smtp(Protocol.SMTP, setting, settings);
      case SUBMISSION -> smtp(Protocol.SUBMISSION, setting, settings);
      case LMTP -> smtp(Protocol.LMTP, setting, settings);
      case IMAP -> imap(setting, settings);
      case POP3 -> pop3(setting, settings);
      case HTTP -> throw new IllegalArgumentException("HTTP has a server of its own");
    };
  }

  private Optional<TlsUpgrade> upgrade(ListenerSetting setting) {
    return setting.tls() == TlsMode.STARTTLS ? tls.map(server -> server) : Optional.empty();
  }

  private ConnectionHandler smtp(Protocol protocol, ListenerSetting setting, Settings settings) {
    SmtpServerSettings defaults = SmtpServerSettings.of(settings.hostname(), protocol);
    SmtpServerSettings smtp =
        defaults
            .withMaxMessageOctets(settings.intake().maxOctets())
            .withLimits(
                settings.intake().maxRecipients(),
                defaults.maxTransactions(),
                defaults.maxErrors(),
                defaults.maxIdleCommands())
            .withAuth(
                settings.access().plaintextOnLoopback(),
                defaults.maxAuthFailures(),
                defaults.authFailureDelay());
    Optional<SaslMechanisms> sasl =
        protocol == Protocol.SUBMISSION ? Optional.of(rooms.sasl) : Optional.empty();
    return new SmtpServer(smtp, rooms.intake, upgrade(setting), sasl, rooms.journey, time);
  }

  private ConnectionHandler imap(ListenerSetting setting, Settings settings) {
    ImapSettings imap =
        new ImapSettings(
            settings.hostname().ascii(),
            upgrade(setting),
            settings.access().plaintextOnLoopback(),
            settings.intake().maxOctets(),
            ImapSettings.Limits.DEFAULT);
    return new ImapServer(
        imap, rooms.sasl, rooms.directory, rooms.mail, rooms.store, rooms.journey, time);
  }

  private ConnectionHandler pop3(ListenerSetting setting, Settings settings) {
    return pop3.with(
        new Pop3Settings(
            settings.hostname().ascii(),
            upgrade(setting),
            settings.access().plaintextOnLoopback(),
            Pop3Settings.Limits.DEFAULT));
  }
}
