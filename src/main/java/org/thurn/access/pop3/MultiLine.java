package org.thurn.access.pop3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.thurn.message.LineEndings;

/**
 * A message as a multi-line response (RFC 1939 §3): lines in CRLF, dots doubled, a dot at the end.
 */
final class MultiLine {
  private static final byte[] END = {'.', '\r', '\n'};

  private final OutputStream out;
  private final byte[] buffer = new byte[16 << 10];
  private int used;

  MultiLine(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the header and so many lines of the body.
   *
   * @param lines of the body, {@link Long#MAX_VALUE} for all
   */
  void write(InputStream message, long lines) throws IOException {
    try (InputStream in = LineEndings.normalize(message)) {
      byte[] octets = new byte[16 << 10];
      long left = lines;
      boolean inHeader = true;
      int column = 0; // octets of the line so far; its CRLF is not counted
      for (int count = in.read(octets); count >= 0 && left >= 0; count = in.read(octets)) {
        for (int i = 0; i < count && (inHeader || left > 0); i++) {
          byte octet = octets[i];
          if (octet == '.' && column == 0) {
            put('.');
          }
          put(octet);
          if (octet == '\n') {
            left -= inHeader ? 0 : 1;
            inHeader &= column > 0;
            column = 0;
          } else if (octet != '\r') {
            column++;
          }
        }
        if (!inHeader && left == 0) {
          break;
        }
      }
    }
    end();
  }

  private void put(int octet) throws IOException {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) octet;
  }

  private void drain() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }

  private void end() throws IOException {
    drain();
    out.write(END);
  }
}
