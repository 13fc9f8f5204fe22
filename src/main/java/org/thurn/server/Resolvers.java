package org.thurn.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;
import org.thurn.time.Time;

/** Which recursive DNS servers are asked: those that somebody names, or the machine's own. */
public final class Resolvers {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private static final Pattern NAMESERVER = Pattern.compile("\\s*nameserver\\s+(\\S+).*");

  private Resolvers() {}

  /**
   * A resolver for a command.
   *
   * @param server whom to ask; empty for the machine's own
   * @param trustAnchor a file of DS or DNSKEY records
   * @throws IOException if that file, or /etc/resolv.conf, cannot be read
   */
  public static Resolver open(
      Optional<InetSocketAddress> server, Optional<Path> trustAnchor, Time time)
      throws IOException {
    List<InetSocketAddress> servers = server.isPresent() ? List.of(server.get()) : machine();
    ResolverSettings settings = ResolverSettings.of(servers.toArray(InetSocketAddress[]::new));
    return new StubResolver(
        trustAnchor.isPresent() ? settings.withTrustAnchor(trustAnchor.get()) : settings, time);
  }

  /** The {@code nameserver} lines of resolv.conf(5), or this machine itself. */
  static List<InetSocketAddress> machine() throws IOException {
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

  /**
   * {@code address}, {@code address:port}, {@code address#port} or {@code [v6]:port}.
   *
   * @throws NameSyntaxException or NumberFormatException if it is none of them
   */
  public static InetSocketAddress server(String text) throws NameSyntaxException {
    String bare = text.replaceFirst("#", text.contains("]") ? "" : ":");
    int colon = bare.lastIndexOf(':');
    boolean sixAlone = !text.contains("#") && !text.contains("]") && bare.indexOf(':') != colon;
    String host = colon < 0 || sixAlone ? bare : bare.substring(0, colon);
    int port = colon < 0 || sixAlone ? 53 : Integer.parseInt(bare.substring(colon + 1));
    return new InetSocketAddress(IpAddress.parse(host.replaceAll("[\\[\\]]", "")), port);
  }
}
