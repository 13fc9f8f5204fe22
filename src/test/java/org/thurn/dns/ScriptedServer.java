package org.thurn.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.Message;

/** A server that says over UDP whatever a test wants, in any number of datagrams. */
final class ScriptedServer implements AutoCloseable {
  final AtomicInteger queries = new AtomicInteger();
  private final DatagramSocket socket;

  ScriptedServer(Function<Message, List<byte[]>> script) throws IOException {
    socket = new DatagramSocket(Lab.loopback());
    Thread.ofVirtual().start(() -> serve(script));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void serve(Function<Message, List<byte[]>> script) {
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    while (!socket.isClosed()) {
      try {
        packet.setLength(4096);
        socket.receive(packet);
        queries.incrementAndGet();
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        for (byte[] reply : script.apply(query)) {
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
