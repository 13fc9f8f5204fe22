package org.thurn.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xbill.DNS.Message;

/**
 * Serves a {@link ZoneTree} over UDP and TCP, all zones at the same addresses. To those who ask it
 * as if it were recursive it looks as such: it knows all there is.
 */
public final class AuthoritativeServer implements AutoCloseable {
  private static final int BIND_ATTEMPTS = 20;

  /** A query with its options is far smaller; what is longer is cut off and then no message. */
  private static final int MAX_QUERY = 4096;

  private final Desk desk;
  private final List<DatagramSocket> datagrams = new ArrayList<>();
  private final List<TcpService> streams = new ArrayList<>();

  private AuthoritativeServer(Desk desk) {
    this.desk = desk;
  }

  /**
   * Binds and begins to serve.
   *
   * @param addresses where to listen, over UDP and TCP alike; port 0 lets the machine choose
   * @param log told of every question when its reply is sent; must not block
   * @throws IOException if an address cannot be bound: the message names it
   */
  public static AuthoritativeServer start(
      ZoneTree tree, List<InetSocketAddress> addresses, Consumer<Served> log) throws IOException {
    return start(tree, addresses, log, List.of());
  }

  /**
   * As above, and takes updates.
   *
   * @param grants who may change which zones by dynamic update (RFC 2136)
   */
  public static AuthoritativeServer start(
      ZoneTree tree,
      List<InetSocketAddress> addresses,
      Consumer<Served> log,
      List<UpdateGrant> grants)
      throws IOException {
    AuthoritativeServer server = new AuthoritativeServer(new Desk(tree, log, grants));
    try {
      for (InetSocketAddress address : addresses) {
        server.bind(address);
      }
    } catch (IOException e) {
      server.close();
      throw e;
    }
    for (DatagramSocket socket : server.datagrams) {
      Thread.ofVirtual().name("dns-udp").start(() -> server.serveDatagrams(socket));
    }
    server.streams.forEach(TcpService::start);
    return server;
  }

  /** Where it listens, in the order given at the start, with the real ports. */
  public List<InetSocketAddress> addresses() {
    return datagrams.stream().map(s -> (InetSocketAddress) s.getLocalSocketAddress()).toList();
  }

  /** From now on, until the next call, this decides what is disturbed. */
  public void disturb(Disturbance disturbance) {
    desk.disturb(disturbance);
  }

  @Override
  public void close() {
    datagrams.forEach(DatagramSocket::close);
    streams.forEach(TcpService::close);
  }

  private void bind(InetSocketAddress wanted) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ServerSocket stream = new ServerSocket();
      try {
        stream.bind(wanted);
        InetAddress address = stream.getInetAddress();
        datagrams.add(new DatagramSocket(new InetSocketAddress(address, stream.getLocalPort())));
        streams.add(new TcpService(stream, desk));
        return;
      } catch (BindException e) {
        stream.close();
        // A port of the machine's choice is free for TCP, but perhaps not for UDP: choose again.
        if (wanted.getPort() != 0 || attempt == BIND_ATTEMPTS) {
          String shown = wanted.getAddress().getHostAddress() + " port " + wanted.getPort();
          throw (IOException) new BindException(shown + ": " + e.getMessage()).initCause(e);
        }
      }
    }
  }

  private void serveDatagrams(DatagramSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_QUERY], MAX_QUERY);
    while (true) {
      packet.setLength(MAX_QUERY);
      try {
        socket.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
        Optional<byte[]> reply = desk.serve(query, client, false);
        if (reply.isPresent()) {
          socket.send(new DatagramPacket(reply.get(), reply.get().length, client));
        }
      } catch (IOException e) {
        // One client that cannot be reached does not concern the next.
        if (socket.isClosed()) {
          return;
        }
      }
    }
  }

  /** How many octets of UDP the querier can take: RFC 6891 §6.2.3, at most what we would send. */
  static int payload(Message query) {
    int offered = query.getOPT() == null ? 512 : query.getOPT().getPayloadSize();
    return Math.clamp(offered, 512, Upstream.UDP_PAYLOAD);
  }
}
