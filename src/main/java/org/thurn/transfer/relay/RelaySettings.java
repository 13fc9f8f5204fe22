package org.thurn.transfer.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.smtp.client.Timeouts;

/**
 * How mail is relayed.
 *
 * @param helo what we call ourselves in EHLO
 * @param port where the next hop's server listens; 25, in the lab 2525
 * @param sources the addresses to connect from, at most one of each family used; if there are any,
 *     an address family without one is not used at all
 * @param ownNames under which an MX record may name us, besides {@code helo} (RFC 5321 §5.1)
 * @param ownAddresses at which an MX record would lead back to us
 * @param routes exceptions to MX
 * @param tls what is demanded of TLS towards hops found by MX
 * @param limits what one attempt and one destination may cost
 * @param connect how long a connection may take to open
 * @param timeouts of each step of the dialogue
 */
public record RelaySettings(
    Host helo,
    int port,
    List<InetAddress> sources,
    Set<Domain> ownNames,
    Set<InetAddress> ownAddresses,
    Routes routes,
    TlsLevels tls,
    Limits limits,
    Duration connect,
    Timeouts timeouts) {

  /**
   * Bounds.
   *
   * @param hosts tried in one attempt
   * @param addresses tried in one attempt
   * @param attempt how long one attempt may take, all hosts together
   * @param perDestination attempts at the same time
   * @param recipients of one transaction; RFC 5321 §4.5.3.1.8 has every server take 100
   * @param idle how long an open connection waits for the next message
   * @param idleConnections kept at the same time, all destinations together
   * @param transactions on one connection
   */
  public record Limits(
      int hosts,
      int addresses,
      Duration attempt,
      int perDestination,
      int recipients,
      Duration idle,
      int idleConnections,
      int transactions) {
    public static final Limits DEFAULT =
        new Limits(5, 10, Duration.ofHours(1), 5, 100, Duration.ofSeconds(5), 200, 100);
  }

  public RelaySettings {
    sources = List.copyOf(sources);
    ownNames = Set.copyOf(ownNames);
    ownAddresses = Set.copyOf(ownAddresses);
  }

  /** The defaults: port 25, MX, opportunistic TLS, the time-outs of RFC 5321. */
  public static RelaySettings of(Host helo) {
    return new RelaySettings(
        helo,
        25,
        List.of(),
        Set.of(),
        Set.of(),
        Routes.DIRECT,
        TlsLevels.DEFAULT,
        Limits.DEFAULT,
        Duration.ofSeconds(30),
        Timeouts.RFC5321);
  }

  /** The same towards another port and from these addresses. */
  public RelaySettings at(int otherPort, List<InetAddress> from) {
    return new RelaySettings(
        helo, otherPort, from, ownNames, ownAddresses, routes, tls, limits, connect, timeouts);
  }

  /** The same, knowing by which names and addresses an MX record would lead back to us. */
  public RelaySettings known(Set<Domain> names, Set<InetAddress> addresses) {
    return new RelaySettings(
        helo, port, sources, names, addresses, routes, tls, limits, connect, timeouts);
  }

  public RelaySettings with(Routes other) {
    return new RelaySettings(
        helo, port, sources, ownNames, ownAddresses, other, tls, limits, connect, timeouts);
  }

  public RelaySettings with(TlsLevels other) {
    return new RelaySettings(
        helo, port, sources, ownNames, ownAddresses, routes, other, limits, connect, timeouts);
  }

  public RelaySettings with(Limits other) {
    return new RelaySettings(
        helo, port, sources, ownNames, ownAddresses, routes, tls, other, connect, timeouts);
  }

  public RelaySettings with(Timeouts other) {
    return new RelaySettings(
        helo, port, sources, ownNames, ownAddresses, routes, tls, limits, connect, other);
  }

  boolean isOwnName(Domain name) {
    return name.equals(helo) || ownNames.contains(name);
  }

  /** The address to connect from to one of the same family, if one is set. */
  Optional<InetAddress> sourceFor(InetAddress remote) {
    return sources.stream().filter(source -> source.getClass() == remote.getClass()).findFirst();
  }

  boolean canReach(InetAddress remote) {
    return sources.isEmpty() || sourceFor(remote).isPresent();
  }
}
