package org.thurn.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.name.Host;
import org.thurn.name.IpAddress;
import org.thurn.tls.policy.Level;
import org.thurn.transfer.relay.TlsLevels;

/** Reads how mail goes to others: {@code [relay]}, {@code [[route]]}, {@code [[destination]]}. */
final class RelayReader {
  private static final String LEVELS =
      "one of \"none\", \"opportunistic\", \"encrypt\", \"verify\" and \"dane-only\"";

  private RelayReader() {}

  static Settings.Relay read(TomlTable table, List<TomlTable> routes, List<TomlTable> destinations)
      throws SettingsException {
    Map<String, Settings.Route> byDomain = new HashMap<>();
    for (TomlTable route : routes) {
      String domain =
          route.require(
              "domain",
              "a domain, or \"*\" for all others",
              text -> text.equals("*") ? text : Domain.parse(text).ascii());
      byDomain.put(domain, route(route));
    }
    List<TlsLevels.Rule> rules = new ArrayList<>();
    for (TomlTable destination : destinations) {
      rules.add(rule(destination));
    }
    Settings.Relay relay =
        new Settings.Relay(
            (int) table.number("port", 1, 65_535, 25),
            table.read("address", "an IP address of this machine", IpAddress::parse),
            (int) table.number("connections-per-destination", 1, 1_000, 20),
            byDomain,
            new TlsLevels(rules, level(table).orElse(Level.OPPORTUNISTIC)));
    table.end();
    return relay;
  }

  private static TlsLevels.Rule rule(TomlTable table) throws SettingsException {
    DomainPattern domains =
        table.require("domain", "a domain, or \"*.domain\" for all below it", DomainPattern::parse);
    Level level = level(table).orElseThrow(() -> table.wrong("tls", LEVELS));
    table.end();
    return new TlsLevels.Rule(domains, level);
  }

  private static Optional<Level> level(TomlTable table) throws SettingsException {
    return table.read("tls", LEVELS, RelayReader::level);
  }

  private static Level level(String text) {
    for (Level level : Level.values()) {
      if (level.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return level;
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static Settings.Route route(TomlTable table) throws SettingsException {
    Settings.Route route =
        new Settings.Route(
            table.require("host", "a host name or [address]", Host::parse),
            (int) table.number("port", 1, 65_535, 25),
            level(table),
            table.read("user", "a user name", text -> text),
            table.file("password-file"));
    if (route.user().isPresent() && route.passwordFile().isEmpty()) {
      throw table.wrong("password-file", "a file with the password of the user");
    }
    boolean weak = route.level().filter(level -> level.compareTo(Level.VERIFY) < 0).isPresent();
    if (route.user().isPresent() && weak && !isHere(route.host())) {
      throw table.wrong("tls", "\"verify\" or \"dane-only\", for a password goes there");
    }
    if (route.user().isEmpty() && route.passwordFile().isPresent()) {
      throw table.wrong("user", "the name that the password belongs to");
    }
    table.end();
    return route;
  }

  private static boolean isHere(Host host) {
    return host instanceof AddressLiteral literal && literal.address().isLoopbackAddress();
  }
}
