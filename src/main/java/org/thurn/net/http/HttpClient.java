package org.thurn.net.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.net.CrlfReader;
import org.thurn.net.TlsUpgrade;

/** Asks web servers over TLS: one request on one connection. */
public final class HttpClient {
  /** Addresses that are tried. */
  static final int MAX_ADDRESSES = 4;

  /** For one address: with four, and a handshake of at most 30 seconds, within a minute. */
  private static final Duration CONNECT = Duration.ofSeconds(7);

  private static final Duration WRITE = Duration.ofSeconds(20);

  private final Connector connector;

  public HttpClient(Connector connector) {
    this.connector = connector;
  }

  /**
   * Asks the first address that can be connected to.
   *
   * @throws HttpException if the answer is none that we take
   * @throws SocketTimeoutException if it takes longer than the limits say
   * @throws IOException if nobody can be connected to, or what {@code peer.tls()} throws
   */
  public HttpResponse send(HttpRequest request, HttpPeer peer, HttpLimits limits)
      throws IOException {
    return send(request, peer, limits, in -> new ResponseReader(in, limits.maxBody()).read());
  }

  /** As {@link #send}, but only the header of the answer is read: what it says is enough. */
  public HttpResponse submit(HttpRequest request, HttpPeer peer, HttpLimits limits)
      throws IOException {
    return send(request, peer, limits, in -> new ResponseReader(in, 0).readHead());
  }

  /** How an answer is read. */
  @FunctionalInterface
  private interface Reading {
    HttpResponse from(CrlfReader in) throws IOException;
  }

  private HttpResponse send(HttpRequest request, HttpPeer peer, HttpLimits limits, Reading reading)
      throws IOException {
    // sockets wait in real time, hence no injected clock
    long end = System.nanoTime() + limits.whole().toNanos();
    List<InetSocketAddress> addresses = peer.reachable(MAX_ADDRESSES);
    IOException failure = new IOException("there is no address to connect to");
    for (InetSocketAddress address : addresses) {
      Connection connection;
      try {
        connection = connect(address, peer, left(end));
      } catch (IOException e) {
        failure = e;
        continue;
      }
      try (connection) {
        connection.startTls(within(left(end), peer.tls()));
        return exchange(connection, request, left(end), reading);
      }
    }
    throw failure;
  }

  private Connection connect(InetSocketAddress address, HttpPeer peer, Duration left)
      throws IOException {
    Duration connect = left.compareTo(CONNECT) < 0 ? left : CONNECT;
    try {
      return connector.connect(
          address, peer.local(address.getAddress()), new Connector.Timeouts(connect, left, WRITE));
    } catch (IOException e) {
      throw new IOException(where(address) + e.getMessage(), e);
    }
  }

  /** A server that says nothing does not get the half minute that any handshake has. */
  private static TlsUpgrade within(Duration left, TlsUpgrade tls) {
    return plain -> {
      plain.setSoTimeout((int) left.toMillis());
      TlsUpgrade.Upgraded upgraded = tls.handshake(plain);
      plain.setSoTimeout(0);
      return upgraded;
    };
  }

  private static String where(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + "#" + address.getPort() + ": ";
  }

  private static Duration left(long end) throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left < 1_000_000) {
      throw new SocketTimeoutException("it took too long");
    }
    return Duration.ofNanos(left);
  }

  private static HttpResponse exchange(
      Connection connection, HttpRequest request, Duration left, Reading reading)
      throws IOException {
    connection.deadline(left);
    connection.out().write(request.octets());
    connection.out().flush();
    return reading.from(connection.reader());
  }
}
