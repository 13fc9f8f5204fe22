package org.thurn.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to peers, by address: names are resolved elsewhere. */
public final class Connector implements AutoCloseable {
  private final Watchdog watchdog = new Watchdog(Duration.ofMillis(250));
  private final Wire wire;

  /** Connects to the addresses that it is given. */
  public Connector() {
    this(Wire.STRAIGHT);
  }

  /** Connects to where a wire leads. */
  public Connector(Wire wire) {
    this.wire = wire;
  }

  /**
   * How long to wait for a peer.
   *
   * @param connect until the connection stands
   * @param read the first read time-out; the dialogue sets its own
   * @param write how long one write may wait for the peer to read
   */
  public record Timeouts(Duration connect, Duration read, Duration write) {
    /** Five minutes to connect is RFC 5321's for clients; half a minute is what works. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(3));
  }

  /**
   * Connects.
   *
   * @param remote what the connection then says of its peer, wherever the wire led
   * @param localBind the address to come from, as SPF and reverse DNS want it
   * @throws IOException if it is refused, unreachable or takes too long
   */
  public Connection connect(
      InetSocketAddress remote, Optional<InetAddress> localBind, Timeouts timeouts)
      throws IOException {
    Socket socket = new Socket();
    try {
      if (localBind.isPresent()) {
        socket.bind(new InetSocketAddress(localBind.get(), 0));
      }
      socket.connect(wire.leads(remote), (int) timeouts.connect().toMillis());
      TcpConnection connection =
          new TcpConnection(
              socket,
              Endpoint.of(remote),
              Endpoint.of(socket.getLocalSocketAddress()),
              new StreamConnection.Limits(watchdog, timeouts.write(), () -> false));
      connection.readTimeout(timeouts.read());
      return connection;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Ends the supervision; close the connections first. */
  @Override
  public void close() {
    watchdog.close();
  }
}
