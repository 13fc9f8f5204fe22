package org.thurn.lab.attack;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a client says, with the hybrid key exchange taken out of its ClientHello: wherever
 * X25519MLKEM768 stands as a group or a key share, there stands a group that nobody knows. All the
 * rest comes as it is. Since both sides sign or derive their keys from what each of them saw (RFC
 * 8446 §4.4.1), the handshake cannot come to its end.
 */
final class SpoiltOffer extends InputStream {
  /** X25519MLKEM768 in IANA's registry of supported groups. */
  private static final byte[] HYBRID = {0x11, (byte) 0xEC};

  /** The number behind it, which nobody has. */
  private static final byte UNKNOWN = (byte) 0xFE;

  private static final int HANDSHAKE = 22; // RFC 8446 §5.1
  private static final int RECORD_HEADER = 5;
  private static final int SUPPORTED_GROUPS = 10; // RFC 8446 §4.2
  private static final int KEY_SHARE = 51;

  private final DataInputStream in;
  private byte[] record = new byte[0];
  private int from;
  private final Runnable found;
  private boolean spoilt;

  /**
   * @param found runs when there was something to take out
   */
  SpoiltOffer(DataInputStream in, Runnable found) {
    this.in = in;
    this.found = found;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (from == record.length && !spoilt) {
      int first = in.read();
      if (first != HANDSHAKE) {
        // still lines: octet by octet, so that none of the handshake is among them
        return first < 0 ? -1 : one(into, offset, first);
      }
      record = hello();
      from = 0;
      spoilt = true;
    }
    if (from < record.length) {
      int taken = Math.min(length, record.length - from);
      System.arraycopy(record, from, into, offset, taken);
      from += taken;
      return taken;
    }
    return in.read(into, offset, length);
  }

  private static int one(byte[] into, int offset, int octet) {
    into[offset] = (byte) octet;
    return 1;
  }

  private byte[] hello() throws IOException {
    byte[] header = new byte[RECORD_HEADER];
    header[0] = HANDSHAKE;
    in.readFully(header, 1, RECORD_HEADER - 1);
    int length = number(header, 3);
    byte[] whole = Arrays.copyOf(header, RECORD_HEADER + length);
    in.readFully(whole, RECORD_HEADER, length);
    byte[] spoiltHello = whole.clone();
    spoil(spoiltHello);
    if (!Arrays.equals(whole, spoiltHello)) {
      found.run();
    }
    return spoiltHello;
  }

  /** Walks the extensions of a ClientHello, RFC 8446 §4.1.2. */
  private static void spoil(byte[] hello) {
    int at = RECORD_HEADER + 4 + 2 + 32; // handshake header, version, random
    at += 1 + (hello[at] & 0xFF); // session id
    at += 2 + number(hello, at); // cipher suites
    at += 1 + (hello[at] & 0xFF); // compression
    int end = at + 2 + number(hello, at);
    at += 2;
    while (at + 4 <= end) {
      int type = number(hello, at);
      int length = number(hello, at + 2);
      if (type == SUPPORTED_GROUPS) {
        spoilGroups(hello, at + 6, at + 4 + length);
      } else if (type == KEY_SHARE) {
        spoilShares(hello, at + 6, at + 4 + length);
      }
      at += 4 + length;
    }
  }

  private static void spoilGroups(byte[] hello, int from, int to) {
    for (int at = from; at + 2 <= to; at += 2) {
      spoilAt(hello, at);
    }
  }

  private static void spoilShares(byte[] hello, int from, int to) {
    for (int at = from; at + 4 <= to; at += 4 + number(hello, at + 2)) {
      spoilAt(hello, at);
    }
  }

  private static void spoilAt(byte[] hello, int at) {
    if (hello[at] == HYBRID[0] && hello[at + 1] == HYBRID[1]) {
      hello[at + 1] = UNKNOWN;
    }
  }

  private static int number(byte[] octets, int at) {
    return ((octets[at] & 0xFF) << 8) | (octets[at + 1] & 0xFF);
  }
}
