package org.thurn.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.thurn.time.Time;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;

/**
 * One server that is asked, over UDP and, when its answer does not fit, over TCP. Every question
 * has a socket of its own, hence a source port that a forger must guess besides the id (RFC 5452
 * §9.2). Waits in real time, whatever clock the resolver was given: the network does.
 */
record Upstream(InetSocketAddress server, Optional<InetAddress> localAddress) {
  /** Fits the smallest IPv6 packet, so that no answer is fragmented. */
  static final int UDP_PAYLOAD = 1232;

  /** Datagrams that do not answer the question are ignored, up to this many. */
  private static final int MAX_STRAYS = 64;

  /** Sends the query and returns the reply that matches it; waits no longer than {@code wait}. */
  Message exchange(Message query, Duration wait) throws IOException {
    long end = Time.system().ticks() + wait.toNanos();
    Message reply = overUdp(query, end);
    // RFC 7766 §5: what was truncated is asked again over TCP, and not used.
    return reply.getHeader().getFlag(Flags.TC) ? overTcp(query, end) : reply;
  }

  /** As mail people write it: address#port. */
  String shown() {
    return server.getAddress().getHostAddress() + "#" + server.getPort();
  }

  private Message overUdp(Message query, long end) throws IOException {
    InetSocketAddress local = localAddress.map(a -> new InetSocketAddress(a, 0)).orElse(null);
    try (DatagramSocket socket = local == null ? new DatagramSocket() : new DatagramSocket(local)) {
      // Connected: the kernel drops what other addresses send, and reports a closed port at once.
      socket.connect(server);
      byte[] wire = query.toWire();
      socket.send(new DatagramPacket(wire, wire.length));
      DatagramPacket packet = new DatagramPacket(new byte[UDP_PAYLOAD + 1], UDP_PAYLOAD + 1);
      for (int strays = 0; strays < MAX_STRAYS; strays++) {
        socket.setSoTimeout(millisUntil(end));
        packet.setLength(UDP_PAYLOAD + 1);
        socket.receive(packet);
        Optional<Message> reply =
            replyTo(query, Arrays.copyOf(packet.getData(), packet.getLength()));
        if (reply.isPresent()) {
          return reply.get();
        }
      }
      throw new IOException("too many datagrams that do not answer the question");
    }
  }

  private Message overTcp(Message query, long end) throws IOException {
    try (Socket socket = new Socket()) {
      if (localAddress.isPresent()) {
        socket.bind(new InetSocketAddress(localAddress.get(), 0));
      }
      socket.setTcpNoDelay(true);
      socket.connect(server, millisUntil(end));
      TcpFrames.write(socket, query.toWire());
      byte[] wire =
          TcpFrames.read(socket, Duration.ofMillis(millisUntil(end)))
              .orElseThrow(() -> new EOFException("closed without an answer over TCP"));
      return replyTo(query, wire).orElseThrow(() -> new IOException("no answer to the question"));
    }
  }

  private static int millisUntil(long end) throws SocketTimeoutException {
    long left = (end - Time.system().ticks()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** RFC 5452 §9.1: only what repeats id and question is an answer. */
  private static Optional<Message> replyTo(Message query, byte[] wire) {
    Message reply;
    try {
      reply = new Message(wire);
    } catch (IOException | RuntimeException e) {
      // Octets of a stranger that are no message, however the parser says so: not our answer.
      return Optional.empty();
    }
    boolean ours =
        reply.getHeader().getID() == query.getHeader().getID()
            && reply.getHeader().getFlag(Flags.QR)
            && reply.getHeader().getOpcode() == Opcode.QUERY
            && query.getQuestion().equals(reply.getQuestion());
    return ours ? Optional.of(reply) : Optional.empty();
  }
}
