package org.thurn.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.dns.ResolverSettings;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.server.CertificateSettings;
import org.thurn.server.ListenerSetting;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.server.MailServer;
import org.thurn.server.Settings;
import org.thurn.server.Shared;
import org.thurn.time.Time;
import org.thurn.transfer.relay.TlsLevels;

/** One server for each domain, with the settings that its character asks for. */
final class LabServers implements AutoCloseable {
  private static final long RESERVE = 64L << 20;

  private final LabSettings lab;
  private final LabAuthority authority;
  private final LabUpdates updates;
  private final Path anchor;
  private final Shared shared;
  private final Time time;
  private final Map<LabDomain, MailServer> running = new ConcurrentHashMap<>();

  LabServers(
      LabSettings lab,
      LabAuthority authority,
      LabUpdates updates,
      Path anchor,
      Shared shared,
      Time time) {
    this.lab = lab;
    this.authority = authority;
    this.updates = updates;
    this.anchor = anchor;
    this.shared = shared;
    this.time = time;
  }

  static LabAuthority.Issued issue(LabAuthority authority, LabDomain domain) throws IOException {
    Domain apex = domain.domain();
    return authority.issue(
        domain.host(),
        List.of(domain.host(), apex, Domain.of("mta-sts." + apex)),
        domain.address());
  }

  /** Starts them all at the same time. After a failure those that stand are open until close. */
  Map<LabDomain, MailServer> start() throws IOException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (LabDomain domain : LabDomain.values()) {
      Settings settings = settings(domain);
      tasks.add(
          () -> {
            running.put(domain, MailServer.start(settings, shared, time));
            return null;
          });
    }
    Together.run(tasks);
    return new EnumMap<>(running);
  }

  /** Stops them all at the same time: each waits for its running transactions. */
  @Override
  public void close() throws IOException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (MailServer server : running.values()) {
      tasks.add(
          () -> {
            server.close();
            return null;
          });
    }
    running.clear();
    Together.run(tasks);
  }

  private Settings settings(LabDomain domain) throws IOException {
    LabPorts ports = lab.ports();
    Optional<Settings.Tls> tls = Optional.empty();
    if (domain.tls()) {
      LabAuthority.Issued issued = issue(authority, domain);
      tls =
          Optional.of(
              new Settings.Tls(issued.chain(), issued.key(), Optional.of(authority.file())));
    }
    return new Settings(
        lab.state().resolve(domain.domain().ascii()),
        domain.host(),
        listeners(domain, ports),
        new Settings.Dns(
            List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), ports.dns())),
            Optional.of(anchor),
            ResolverSettings.DEFAULT_TIMEOUT),
        tls,
        CertificateSettings.NONE,
        new Settings.Relay(
            ports.smtp(), Optional.of(domain.address()), 20, Map.of(), TlsLevels.DEFAULT),
        domain.sts(ports.https()),
        Settings.Queue.USUAL,
        new Settings.Intake(
            50L << 20, 1_000, List.of(), true, RESERVE, 100, 10_000, 10_000, false, List.of()),
        new Settings.Authentication(true, Optional.empty(), domain.policy(), false),
        updates.settings(domain),
        new Settings.Arc(domain.sealsMail(), Optional.empty()),
        Settings.Dmarc.USUAL,
        domain.reporting(),
        new Settings.Access(true),
        new Settings.Log(false));
  }

  private static List<ListenerSetting> listeners(LabDomain domain, LabPorts ports) {
    TlsMode upgrade = domain.tls() ? TlsMode.STARTTLS : TlsMode.NONE;
    List<ListenerSetting> all = new ArrayList<>();
    all.add(listener(domain, Service.SMTP, ports.smtp(), upgrade));
    all.add(listener(domain, Service.LMTP, ports.lmtp(), TlsMode.NONE));
    all.add(listener(domain, Service.SUBMISSION, ports.submission(), upgrade));
    all.add(listener(domain, Service.IMAP, ports.imap(), upgrade));
    all.add(listener(domain, Service.POP3, ports.pop3(), upgrade));
    all.add(listener(domain, Service.HTTP, ports.http(), TlsMode.NONE));
    if (domain.tls()) {
      all.add(listener(domain, Service.HTTP, ports.https(), TlsMode.IMPLICIT));
      all.add(listener(domain, Service.SUBMISSION, ports.submissions(), TlsMode.IMPLICIT));
      all.add(listener(domain, Service.IMAP, ports.imaps(), TlsMode.IMPLICIT));
      all.add(listener(domain, Service.POP3, ports.pop3s(), TlsMode.IMPLICIT));
    }
    return all;
  }

  private static ListenerSetting listener(
      LabDomain domain, Service service, int port, TlsMode tls) {
    return new ListenerSetting(service, Optional.of(domain.address()), Optional.empty(), port, tls);
  }
}
