package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.thurn.net.CrlfReader;

/** A connection whose client has greeted, with TLS or without, and wants nothing more. */
final class TlsVisit implements AutoCloseable {
  /** When TLS begins. */
  enum Way {
    PLAIN("none"),
    STARTTLS("STARTTLS"),
    IMPLICIT("implicit");

    final String label;

    Way(String label) {
      this.label = label;
    }
  }

  private static final int REPLY = 4096;

  private final Socket socket;
  private final CrlfReader in;
  private final OutputStream out;
  private final String agreed;

  private TlsVisit(Socket socket, String agreed) throws IOException {
    this.socket = socket;
    this.agreed = agreed;
    in = new CrlfReader(socket.getInputStream(), REPLY);
    out = socket.getOutputStream();
  }

  /** Connects and greets. */
  static TlsVisit open(InetSocketAddress address, Way way, TlsPeer peer) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address);
    TlsVisit visit = begin(socket, way, peer);
    visit.say("EHLO client.example", "250");
    return visit;
  }

  private static TlsVisit begin(Socket socket, Way way, TlsPeer peer) throws IOException {
    if (way == Way.IMPLICIT) {
      return secured(socket, peer).greeted();
    }
    TlsVisit plain = new TlsVisit(socket, "").greeted();
    if (way == Way.PLAIN) {
      return plain;
    }
    plain.say("EHLO client.example", "250");
    plain.say("STARTTLS", "220");
    return secured(socket, peer);
  }

  private static TlsVisit secured(Socket plain, TlsPeer peer) throws IOException {
    SSLSocket socket = peer.handshake(plain);
    return new TlsVisit(socket, TlsPeer.agreed(socket));
  }

  private TlsVisit greeted() throws IOException {
    Latency.expect(in, "220");
    return this;
  }

  private void say(String command, String code) throws IOException {
    Latency.say(out, in, command, code);
  }

  /** Version and group, or nothing without TLS. */
  String agreed() {
    return agreed;
  }

  /** Takes leave: the server has seen all of the handshake. */
  void quit() throws IOException {
    out.write("QUIT\r\n".getBytes(US_ASCII));
    Latency.expect(in, "221");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
