package org.thurn.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.server.ListenerSetting;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.server.MailServer;
import org.thurn.server.Settings;
import org.thurn.server.Shared;
import org.thurn.time.Time;

/** Starts one server for each domain, with the settings that its character asks for. */
final class LabServers {
  private static final long RESERVE = 64L << 20;

  private final LabSettings lab;
  private final LabAuthority authority;
  private final Path anchor;
  private final Shared shared;
  private final Time time;

  LabServers(LabSettings lab, LabAuthority authority, Path anchor, Shared shared, Time time) {
    this.lab = lab;
    this.authority = authority;
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

  /** Starts them all at the same time; {@code opened} is told of each that stands. */
  Map<LabDomain, MailServer> start(Consumer<MailServer> opened) throws IOException {
    Map<LabDomain, FutureTask<MailServer>> starting = new EnumMap<>(LabDomain.class);
    for (LabDomain domain : LabDomain.values()) {
      Settings settings = settings(domain);
      FutureTask<MailServer> task =
          new FutureTask<>(() -> MailServer.start(settings, shared, time));
      Thread.ofVirtual().name("start-" + domain.domain()).start(task);
      starting.put(domain, task);
    }
    Map<LabDomain, MailServer> servers = new EnumMap<>(LabDomain.class);
    Optional<IOException> failed = Optional.empty();
    for (Map.Entry<LabDomain, FutureTask<MailServer>> entry : starting.entrySet()) {
      try {
        MailServer server = entry.getValue().get();
        opened.accept(server);
        servers.put(entry.getKey(), server);
      } catch (ExecutionException e) {
        failed = Optional.of(failure(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed = Optional.of(new IOException("interrupted while starting", e));
      }
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
    return servers;
  }

  private static IOException failure(ExecutionException failed) {
    return failed.getCause() instanceof IOException io ? io : new IOException(failed);
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
            Optional.of(anchor)),
        tls,
        new Settings.Relay(ports.smtp(), Optional.of(domain.address()), 20, Map.of()),
        new Settings.Intake(50L << 20, 1_000, List.of(), true, RESERVE, 100, 10_000, false),
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
