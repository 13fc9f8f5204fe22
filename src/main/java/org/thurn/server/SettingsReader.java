package org.thurn.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.ResolverSettings;
import org.thurn.name.Domain;
import org.thurn.tls.TlsServer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads {@code thurn.toml}. Every key is checked; an unknown one is a mistake, not a comment. */
public final class SettingsReader {
  private static final int MAX_FILE = 1 << 20;

  /** Delivery marks are kept a month: what waits in the queue must be gone before its mark. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(20);

  private SettingsReader() {}

  /** Reads the file. */
  public static Settings read(Path file) throws SettingsException {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new SettingsException(file + ": larger than 1 MiB");
      }
      Path folder = file.toAbsolutePath().getParent();
      return parse(Files.readString(file), file.toString(), folder == null ? file : folder);
    } catch (NoSuchFileException e) {
      throw new SettingsException(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new SettingsException(file + ": is not UTF-8");
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
    CertificateSettings certificates = CertificateReader.read(file, tls.isPresent());
    boolean offered = tls.isPresent() || certificates.suffice();
    List<ListenerSetting> listeners = new ArrayList<>();
    for (TomlTable listener : file.tables("listener")) {
      ListenerSetting next = ListenerReader.read(listener, offered);
      if (listeners.stream().anyMatch(next::sharesEndpoint)) {
        throw listener.wrong("port", "another one: there is a listener at " + next + " already");
      }
      listeners.add(next);
    }
    if (listeners.isEmpty()) {
      throw file.wrong("listener", "at least one table [[listener]]");
    }
    Settings.Authentication authentication =
        AuthenticationReader.read(file.table("authentication"), file.tables("author"));
    Settings.Dkim dkim = DkimReader.read(file.table("dkim"));
    Settings settings =
        new Settings(
            state,
            hostname,
            listeners,
            dns,
            tls,
            certificates,
            RelayReader.read(file.table("relay"), file.tables("route"), file.tables("destination")),
            StsReader.read(file.table("mta-sts")),
            queue(file.table("queue")),
            IntakeReader.read(file.table("intake"), listeners),
            authentication,
            dkim,
            ArcReader.read(file.table("arc"), authentication, dkim),
            DmarcReader.read(file.table("dmarc")),
            TlsReportsReader.read(file.table("tls-reports")),
            access(file.table("access")),
            log(file.table("log")));
    file.end();
    return settings;
  }

  private static Settings.Dns dns(TomlTable table) throws SettingsException {
    Settings.Dns dns =
        new Settings.Dns(
            table.list(
                "servers",
                "addresses such as \"127.0.0.1\" or \"127.0.0.1:53\"",
                Resolvers::server),
            table.file("trust-anchor"),
            table.duration(
                "timeout",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                ResolverSettings.DEFAULT_TIMEOUT));
    table.end();
    return dns;
  }

  private static Settings.Tls tls(TomlTable table) throws SettingsException {
    TlsServer.Pair pair = CertificateReader.pair(table);
    Settings.Tls tls = new Settings.Tls(pair.certificate(), pair.key(), table.file("ca"));
    table.end();
    return tls;
  }

  private static Settings.Queue queue(TomlTable table) throws SettingsException {
    Settings.Queue usual = Settings.Queue.USUAL;
    Duration second = Duration.ofSeconds(1);
    Duration most = LONGEST_WAIT;
    Settings.Queue queue =
        new Settings.Queue(
            table.duration("first-retry", second, most, usual.firstRetry()),
            table.duration("longest-retry", second, most, usual.longestRetry()),
            table.duration("expire-after", second, most, usual.expireAfter()),
            table.duration("delay-notice", second, most, usual.delayNotice()));
    table.end();
    return queue;
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
