package org.thurn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads {@code thurn.toml}. Every key is checked; an unknown one is a mistake, not a comment. */
public final class SettingsReader {
  private static final long MIB = 1 << 20;
  private static final int MAX_FILE = 1 << 20;

  private SettingsReader() {}

  /** Reads the file. */
  public static Settings read(Path file) throws SettingsException {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new SettingsException(file + ": larger than 1 MiB");
      }
      Path folder = file.toAbsolutePath().getParent();
      return parse(Files.readString(file), file.toString(), folder == null ? file : folder);
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read: " + e.getMessage());
    }
  }

  static Settings parse(String text, String name, Path folder) throws SettingsException {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new SettingsException(name + ", line " + line + ": " + e.getOriginalMessage());
    }
    return settings(new TomlTable(root, "", new SettingsSource(name, folder, new TomlLines(text))));
  }

  private static Settings settings(TomlTable file) throws SettingsException {
    Path state = file.path("state").orElseThrow(() -> file.wrong("state", "a folder"));
    Domain hostname =
        file.require("hostname", "a domain name such as \"mx.example.org\"", Domain::parse);
    Settings.Dns dns = dns(file.table("dns"));
    Optional<Settings.Tls> tls =
        file.has("tls") ? Optional.of(tls(file.table("tls"))) : Optional.empty();
    List<ListenerSetting> listeners = new ArrayList<>();
    for (TomlTable listener : file.tables("listener")) {
      listeners.add(listener(listener, tls.isPresent()));
    }
    Settings settings =
        new Settings(
            state,
            hostname,
            listeners,
            dns,
            tls,
            relay(file.table("relay"), file.tables("route")),
            intake(file.table("intake")),
            access(file.table("access")),
            log(file.table("log")));
    file.end();
    return settings;
  }

  private static ListenerSetting listener(TomlTable table, boolean certificate)
      throws SettingsException {
    String known = "one of smtp, submission, submissions, lmtp, imap, imaps, pop3, pop3s, http";
    String protocol =
        table.require("protocol", known, text -> named(text.toLowerCase(Locale.ROOT)));
    boolean implicit = protocol.endsWith("s") && !protocol.equals("https");
    Service service =
        Service.valueOf(
            (implicit ? protocol.substring(0, protocol.length() - 1) : protocol)
                .toUpperCase(Locale.ROOT));
    TlsMode byDefault =
        implicit
            ? TlsMode.IMPLICIT
            : certificate && service != Service.HTTP && service != Service.LMTP
                ? TlsMode.STARTTLS
                : TlsMode.NONE;
    TlsMode tls =
        table
            .read("tls", "\"none\", \"starttls\" or \"implicit\"", SettingsReader::tlsMode)
            .orElse(byDefault);
    if (tls != TlsMode.NONE && !certificate) {
      throw table.wrong("tls", "\"none\" while there is no [tls] certificate");
    }
    Optional<Path> path = table.path("path");
    Optional<InetAddress> address =
        path.isPresent()
            ? Optional.empty()
            : table
                .read("address", "an IP address such as \"0.0.0.0\"", IpAddress::parse)
                .or(() -> Optional.of(IpAddress.of("0.0.0.0")));
    int port = (int) table.number("port", 0, 65_535, path.isPresent() ? 0 : -1);
    table.end();
    return new ListenerSetting(service, address, path, port, tls);
  }

  private static String named(String protocol) {
    if (!protocol.matches("smtp|submissions?|lmtp|imaps?|pop3s?|http")) {
      throw new IllegalArgumentException(protocol);
    }
    return protocol;
  }

  private static TlsMode tlsMode(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none", "false" -> TlsMode.NONE;
      case "starttls" -> TlsMode.STARTTLS;
      case "implicit", "true" -> TlsMode.IMPLICIT;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Settings.Dns dns(TomlTable table) throws SettingsException {
    Settings.Dns dns =
        new Settings.Dns(
            table.list(
                "servers",
                "addresses such as \"127.0.0.1\" or \"127.0.0.1:53\"",
                SettingsReader::server),
            table.path("trust-anchor"));
    table.end();
    return dns;
  }

  /** {@code address}, {@code address:port}, {@code address#port} or {@code [v6]:port}. */
  static InetSocketAddress server(String text) throws Exception {
    String bare = text.replaceFirst("#", text.contains("]") ? "" : ":");
    int colon = bare.lastIndexOf(':');
    boolean sixAlone = !text.contains("#") && !text.contains("]") && bare.indexOf(':') != colon;
    String host = colon < 0 || sixAlone ? bare : bare.substring(0, colon);
    int port = colon < 0 || sixAlone ? 53 : Integer.parseInt(bare.substring(colon + 1));
    return new InetSocketAddress(IpAddress.parse(host.replaceAll("[\\[\\]]", "")), port);
  }

  private static Settings.Tls tls(TomlTable table) throws SettingsException {
    Path certificate =
        table.path("certificate").orElseThrow(() -> table.wrong("certificate", "a PEM file"));
    Path key = table.path("key").orElseThrow(() -> table.wrong("key", "a PEM file"));
    Settings.Tls tls = new Settings.Tls(certificate, key, table.path("ca"));
    table.end();
    return tls;
  }

  private static Settings.Relay relay(TomlTable table, List<TomlTable> routes)
      throws SettingsException {
    Map<String, Settings.Route> byDomain = new HashMap<>();
    for (TomlTable route : routes) {
      String domain =
          route.require(
              "domain",
              "a domain, or \"*\" for all others",
              text -> text.equals("*") ? text : Domain.parse(text).ascii());
      byDomain.put(
          domain,
          new Settings.Route(
              route.require("host", "a host name or [address]", text -> text),
              (int) route.number("port", 1, 65_535, 25),
              route.read("user", "a user name", text -> text),
              route.path("password-file")));
      route.end();
    }
    Settings.Relay relay =
        new Settings.Relay(
            (int) table.number("port", 1, 65_535, 25),
            table.read("address", "an IP address of this machine", IpAddress::parse),
            (int) table.number("connections-per-destination", 1, 1_000, 20),
            byDomain);
    table.end();
    return relay;
  }

  private static Settings.Intake intake(TomlTable table) throws SettingsException {
    Settings.Intake intake =
        new Settings.Intake(
            table.number("max-message-octets", 64 * 1024, 2_000 * MIB, 50 * MIB),
            (int) table.number("max-recipients", 100, 100_000, 1_000),
            table.list("trusted-networks", "prefixes such as \"192.0.2.0/24\"", text -> text),
            table.flag("reject-sender-without-mx", true),
            table.number("disk-reserve-octets", 0, 1L << 50, 256 * MIB),
            (int) table.number("connections-per-address", 1, 100_000, 50),
            (int) table.number("messages-per-hour", 1, 10_000_000, 1_000));
    table.end();
    return intake;
  }

  private static Settings.Access access(TomlTable table) throws SettingsException {
    Settings.Access access = new Settings.Access(table.flag("plaintext-on-loopback", true));
    table.end();
    return access;
  }

  private static Settings.Log log(TomlTable table) throws SettingsException {
    Settings.Log log =
        new Settings.Log(
            table.read("format", "\"logfmt\" or \"json\"", SettingsReader::json).orElse(false));
    table.end();
    return log;
  }

  private static boolean json(String format) {
    return switch (format) {
      case "json" -> true;
      case "logfmt" -> false;
      default -> throw new IllegalArgumentException(format);
    };
  }
}
