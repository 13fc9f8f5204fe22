package org.thurn.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;

/**
 * The PROXY protocol's header, versions 1 and 2: a load balancer tells who really connected. Read
 * octet by octet from the raw socket, since what follows may be a TLS handshake.
 *
 * @param remote who connected to the proxy; empty where it speaks for itself (LOCAL, UNKNOWN)
 * @param local where it connected to
 */
record ProxyHeader(Optional<Endpoint> remote, Optional<Endpoint> local) {
  private static final ProxyHeader NONE = new ProxyHeader(Optional.empty(), Optional.empty());

  /** The protocol's own limit for a line of version 1, its CRLF included. */
  private static final int MAX_LINE = 107;

  private static final byte[] SIGNATURE =
      "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_V2 = 4096;

  static ProxyHeader read(InputStream in) throws IOException {
    int first = octet(in);
    return first == 'P' ? version1(in) : version2(in, first);
  }

  /** {@code PROXY TCP4 192.0.2.1 192.0.2.2 56324 25 CRLF}. */
  private static ProxyHeader version1(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder("P");
    while (line.length() < MAX_LINE && line.charAt(line.length() - 1) != '\n') {
      line.append((char) octet(in));
    }
    if (!line.toString().startsWith("PROXY ") || !line.toString().endsWith("\r\n")) {
      throw new IOException("not a PROXY header");
    }
    String[] words = line.substring(0, line.length() - 2).split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return NONE;
    }
    if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
      throw new IOException("not a PROXY header: " + words[1]);
    }
    return new ProxyHeader(
        Optional.of(endpoint(words[2], words[4])), Optional.of(endpoint(words[3], words[5])));
  }

  private static Endpoint endpoint(String address, String port) throws IOException {
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IOException("not a port in a PROXY header");
    }
    try {
      return new Endpoint(Optional.of(IpAddress.parse(address)), Integer.parseInt(port));
    } catch (NameSyntaxException e) {
      throw new IOException("not an address in a PROXY header", e);
    }
  }

  /** Signature, version and command, family, length, addresses; what follows them is skipped. */
  private static ProxyHeader version2(InputStream in, int first) throws IOException {
    byte[] head = new byte[SIGNATURE.length + 4];
    head[0] = (byte) first;
    fill(in, head, 1);
    int versionCommand = head[12] & 0xff;
    int length = ((head[14] & 0xff) << 8) | (head[15] & 0xff);
    if (!Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)
        || versionCommand >> 4 != 2
        || (versionCommand & 0xf) > 1
        || length > MAX_V2) {
      throw new IOException("not a PROXY header");
    }
    byte[] rest = new byte[length];
    fill(in, rest, 0);
    boolean local = (versionCommand & 0xf) == 0;
    int octets =
        switch (head[13] & 0xff) {
          case 0x11 -> 4;
          case 0x21 -> 16;
          default -> 0;
        };
    if (local || octets == 0) {
      return NONE;
    }
    if (length < 2 * octets + 4) {
      throw new IOException("a PROXY header without its addresses");
    }
    return addresses(ByteBuffer.wrap(rest), octets);
  }

  private static ProxyHeader addresses(ByteBuffer block, int octets) throws IOException {
    byte[] source = new byte[octets];
    byte[] destination = new byte[octets];
    block.get(source).get(destination);
    int sourcePort = block.getShort() & 0xffff;
    int destinationPort = block.getShort() & 0xffff;
    return new ProxyHeader(
        Optional.of(new Endpoint(Optional.of(InetAddress.getByAddress(source)), sourcePort)),
        Optional.of(
            new Endpoint(Optional.of(InetAddress.getByAddress(destination)), destinationPort)));
  }

  private static void fill(InputStream in, byte[] octets, int start) throws IOException {
    if (in.readNBytes(octets, start, octets.length - start) < octets.length - start) {
      throw new EOFException("the peer ended within a PROXY header");
    }
  }

  private static int octet(InputStream in) throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the peer ended within a PROXY header");
    }
    return octet;
  }
}
