package org.thurn.net.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.thurn.net.TlsUpgrade;

/**
 * Whom to connect to, and how.
 *
 * @param addresses in the order in which they are tried
 * @param from our own addresses, one of each family that we can connect from; empty if the system
 *     chooses
 * @param tls decides whom the server must prove to be
 */
public record HttpPeer(
    List<InetAddress> addresses, int port, List<InetAddress> from, TlsUpgrade tls) {
  public HttpPeer {
    addresses = List.copyOf(addresses);
    from = List.copyOf(from);
  }

  /** Those that can be connected to from where we are. */
  List<InetSocketAddress> reachable(int limit) {
    return addresses.stream()
        .filter(address -> from.isEmpty() || local(address).isPresent())
        .limit(limit)
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  Optional<InetAddress> local(InetAddress remote) {
    return from.stream().filter(own -> isFour(own) == isFour(remote)).findFirst();
  }

  private static boolean isFour(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
