package org.thurn.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a client's hello from a connection, and keeps what it read for the library. */
final class HelloReader {
  /**
   * Hellos have some 500 octets, 1,700 with a hybrid key share. A longer one is left to the library
   * unread.
   */
  static final int MAX_HELLO = 16 << 10;

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;

  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  /** All that was read, to be read again. */
  byte[] octets() {
    return read.toByteArray();
  }

  /**
   * Reads no more than the records that the hello is in (RFC 8446 §5.1).
   *
   * @return {@link ClientHello#UNKNOWN} for what is none, or ends early
   */
  ClientHello read(InputStream in) throws IOException {
    int wanted = MESSAGE_HEADER;
    while (message.size() < wanted) {
      byte[] header = take(in, RECORD_HEADER);
      if (header.length < RECORD_HEADER || header[0] != HANDSHAKE) {
        return ClientHello.UNKNOWN;
      }
      int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
      if (length == 0 || read.size() + length > MAX_HELLO) {
        return ClientHello.UNKNOWN;
      }
      message.writeBytes(take(in, length));
      wanted = wanted();
      if (wanted > MAX_HELLO) {
        return ClientHello.UNKNOWN;
      }
    }
    return ClientHello.parse(message.toByteArray());
  }

  private int wanted() {
    byte[] so = message.toByteArray();
    return so.length < MESSAGE_HEADER
        ? MESSAGE_HEADER
        : MESSAGE_HEADER + ((so[1] & 0xFF) << 16 | (so[2] & 0xFF) << 8 | (so[3] & 0xFF));
  }

  private byte[] take(InputStream in, int octets) throws IOException {
    byte[] taken = in.readNBytes(octets);
    read.writeBytes(taken);
    return taken;
  }
}
