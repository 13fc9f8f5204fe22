package org.thurn.server;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurn.dns.Resolver;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.PolicySource;
import org.thurn.transfer.relay.Credentials;
import org.thurn.transfer.relay.Relay;
import org.thurn.transfer.relay.RelaySettings;
import org.thurn.transfer.relay.Route;
import org.thurn.transfer.relay.Routes;
import org.thurn.transfer.relay.StsSource;
import org.thurn.transfer.relay.TlsObserver;

/** Turns the settings of mail that goes out into what the relay understands. */
final class RelayWiring {
  private RelayWiring() {}

  static Relay relay(
      Settings settings,
      Resolver resolver,
      StsSource sts,
      TlsObserver observer,
      Shared shared,
      Time time,
      Journey journey)
      throws SettingsException {
    RelaySettings relay =
        RelaySettings.of(settings.hostname())
            .at(settings.relay().port(), settings.relay().address().stream().toList())
            .known(Set.of(settings.hostname()), ownAddresses(settings))
            .with(routes(settings.relay().routes()))
            .with(settings.relay().levels())
            .with(perDestination(settings.relay().perDestination()));
    return new Relay(
        relay,
        resolver,
        sts,
        shared.connector(),
        client(settings),
        observer,
        new Random(),
        time,
        journey);
  }

  /** Where MTA-STS policies are fetched from. */
  static PolicySource policySource(Settings settings, Resolver resolver, Shared shared)
      throws SettingsException {
    PolicyFetch.Settings fetch =
        PolicyFetch.Settings.USUAL.at(
            settings.sts().port(), settings.relay().address().stream().toList());
    return new PolicyFetch(resolver, client(settings), shared.connector(), fetch);
  }

  static TlsClient client(Settings settings) throws SettingsException {
    Optional<Path> ca = settings.tls().flatMap(Settings.Tls::ca);
    return ca.isPresent()
        ? Wiring.fromFile("[tls] ca", () -> TlsClient.trusting(ca.get()))
        : TlsClient.trustingSystem();
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

  private static Routes routes(Map<String, Settings.Route> settings) throws SettingsException {
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

  private static Route route(Settings.Route route) throws SettingsException {
    Optional<Credentials> credentials = Optional.empty();
    if (route.user().isPresent() && route.passwordFile().isPresent()) {
      Path file = route.passwordFile().get();
      String password = Wiring.fromFile("password-file", () -> Files.readString(file)).strip();
      if (password.isEmpty()) {
        throw new SettingsException("password-file cannot be used: " + file + " is empty");
      }
      credentials = Optional.of(new Credentials(route.user().get(), password));
    }
    return Route.Via.of(route.host(), route.port(), route.level(), credentials);
  }
}
