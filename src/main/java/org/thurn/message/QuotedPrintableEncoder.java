package org.thurn.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes quoted-printable (RFC 2045 §6.7): CRLF stays a line end, a bare CR or LF is data. Closing
 * it ends the encoding and leaves the stream below open.
 */
final class QuotedPrintableEncoder extends OutputStream {
  private static final int MAX_LINE = 76;

  private final OutputStream out;
  private int column;
  private int space = -1;
  private boolean afterCr;

  QuotedPrintableEncoder(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    int b = octet & 0xff;
    if (afterCr) {
      afterCr = false;
      if (b == '\n') {
        endSpace(true); // RFC 2045 §6.7 rule 3: none at the end of a line
        out.write('\r');
        out.write('\n');
        column = 0;
        return;
      }
      endSpace(false);
      escaped('\r');
    }
    if (b == '\r') {
      afterCr = true;
      return;
    }
    endSpace(false);
    if (b == ' ' || b == '\t') {
      space = b;
    } else if (b > ' ' && b < 0x7f && b != '=' && !isRisky(b)) {
      literal(b);
    } else {
      escaped(b);
    }
  }

  /** A dot alone or {@code From } at the start of a line is what careless transports change. */
  private boolean isRisky(int b) {
    return column == 0 && (b == '.' || b == 'F');
  }

  private void endSpace(boolean atLineEnd) throws IOException {
    if (space >= 0) {
      int held = space;
      space = -1;
      if (atLineEnd) {
        escaped(held);
      } else {
        literal(held);
      }
    }
  }

  private void literal(int b) throws IOException {
    room(1);
    out.write(b);
  }

  private void escaped(int b) throws IOException {
    room(3);
    out.write('=');
    out.write(Hex.of((byte) b).getBytes(StandardCharsets.US_ASCII));
  }

  private void room(int octets) throws IOException {
    if (column + octets > MAX_LINE - 1) {
      out.write('=');
      out.write('\r');
      out.write('\n');
      column = 0;
    }
    column += octets;
  }

  @Override
  public void close() throws IOException {
    if (afterCr) {
      afterCr = false;
      endSpace(false);
      escaped('\r');
    }
    endSpace(true);
    out.flush();
  }
}
