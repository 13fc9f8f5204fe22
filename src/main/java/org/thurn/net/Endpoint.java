package org.thurn.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * One end of a connection.
 *
 * @param address the IP address, or empty for a Unix-domain socket
 * @param port the TCP port, 0 for a Unix-domain socket
 */
public record Endpoint(Optional<InetAddress> address, int port) {
  public static Endpoint of(SocketAddress socket) {
    return socket instanceof InetSocketAddress inet
        ? new Endpoint(Optional.of(inet.getAddress()), inet.getPort())
        : new Endpoint(Optional.empty(), 0);
  }

  /** A Unix-domain socket, which only a local process can reach. */
  public boolean isUnix() {
    return address.isEmpty();
  }

  public boolean isLoopback() {
    return address.map(InetAddress::isLoopbackAddress).orElse(true);
  }

  /** The address alone, or {@code unix}. */
  public String host() {
    return address.map(InetAddress::getHostAddress).orElse("unix");
  }

  @Override
  public String toString() {
    return address.isEmpty() ? "unix" : host() + "#" + port;
  }
}
