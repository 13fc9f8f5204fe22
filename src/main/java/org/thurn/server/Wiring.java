package org.thurn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.QueueSettings;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.transfer.intake.IntakeSettings;
import org.thurn.transfer.relay.Credentials;
import org.thurn.transfer.relay.Relay;
import org.thurn.transfer.relay.RelaySettings;
import org.thurn.transfer.relay.Route;
import org.thurn.transfer.relay.Routes;

/** Turns the settings of the machine into those of each room. */
final class Wiring {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private static final Pattern NAMESERVER = Pattern.compile("\\s*nameserver\\s+(\\S+).*");

  private Wiring() {}

  static Resolver resolver(Settings settings, Time time) throws IOException {
    List<InetSocketAddress> servers =
        settings.dns().servers().isEmpty() ? machineResolvers() : settings.dns().servers();
    ResolverSettings resolver = ResolverSettings.of(servers.toArray(InetSocketAddress[]::new));
    if (settings.dns().trustAnchor().isPresent()) {
      resolver = resolver.withTrustAnchor(settings.dns().trustAnchor().get());
    }
    return new StubResolver(resolver, time);
  }

  /** The {@code nameserver} lines of resolv.conf(5), or this machine itself. */
  private static List<InetSocketAddress> machineResolvers() throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> lines = Files.exists(RESOLV_CONF) ? Files.readAllLines(RESOLV_CONF) : List.of();
    for (String line : lines) {
      Matcher nameserver = NAMESERVER.matcher(line);
      if (nameserver.matches()) {
        address(nameserver.group(1)).ifPresent(a -> servers.add(new InetSocketAddress(a, 53)));
      }
    }
    return servers.isEmpty()
        ? List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 53))
        : servers;
  }

  /** Empty for an address with a scope, or nonsense: the other lines serve. */
  private static Optional<InetAddress> address(String digits) {
    try {
      return Optional.of(IpAddress.parse(digits));
    } catch (NameSyntaxException e) {
      return Optional.empty();
    }
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
        false);
  }

  static QueueSettings queue(Settings settings) {
    return QueueSettings.defaults().withPerHost(settings.relay().perDestination());
  }

  static Relay relay(
      Settings settings, Resolver resolver, Shared shared, Time time, Journey journey)
      throws IOException {
    RelaySettings relay =
        RelaySettings.of(settings.hostname())
            .at(settings.relay().port(), settings.relay().address().stream().toList())
            .known(Set.of(settings.hostname()), ownAddresses(settings))
            .with(routes(settings.relay().routes()))
            .with(perDestination(settings.relay().perDestination()));
    TlsClient client =
        settings.tls().flatMap(Settings.Tls::ca).isPresent()
            ? TlsClient.trusting(settings.tls().flatMap(Settings.Tls::ca).get())
            : TlsClient.trustingSystem();
    return new Relay(relay, resolver, shared.connector(), client, new Random(), time, journey);
  }

  private static RelaySettings.Limits perDestination(int connections) {
    RelaySettings.Limits usual = RelaySettings.Limits.DEFAULT;
    return new RelaySettings.Limits(
        usual.hosts(),
        usual.addresses(),
        usual.attempt(),
        connections,
        usual.recipients(),
        usual.idle(),
        usual.idleConnections(),
        usual.transactions());
  }

  private static Set<InetAddress> ownAddresses(Settings settings) {
    return settings.listeners().stream()
        .filter(listener -> listener.protocol() == ListenerSetting.Service.SMTP)
        .filter(listener -> listener.port() == settings.relay().port())
        .flatMap(listener -> listener.address().stream())
        .filter(address -> !address.isAnyLocalAddress())
        .collect(Collectors.toSet());
  }

  private static Routes routes(Map<String, Settings.Route> settings) throws IOException {
    Route otherwise = Route.Mx.INSTANCE;
    List<Routes.Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Settings.Route> entry : settings.entrySet()) {
      Route route = route(entry.getValue());
      if (entry.getKey().equals("*")) {
        otherwise = route;
      } else {
        rules.add(new Routes.Rule(Domain.of(entry.getKey()), false, route));
      }
    }
    return new Routes(rules, otherwise);
  }

  private static Route route(Settings.Route route) throws IOException {
    Optional<Credentials> credentials = Optional.empty();
    if (route.user().isPresent() && route.passwordFile().isPresent()) {
      String password = Files.readString(route.passwordFile().get()).strip();
      credentials = Optional.of(new Credentials(route.user().get(), password));
    }
    return Route.Via.of(route.host(), route.port(), credentials);
  }
}
