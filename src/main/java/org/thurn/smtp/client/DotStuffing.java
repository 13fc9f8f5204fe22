package org.thurn.smtp.client;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a message as DATA wants it: a dot is put before each line that begins with one (RFC 5321
 * §4.5.2), and CR and LF leave only as CRLF (RFC 5321 §2.3.8). A stored message may hold bare ones,
 * since it can come by BDAT or APPEND; sent as they are, they would let its author end the message
 * early at a server that takes {@code LF . LF} for an end, and smuggle a second one behind it.
 */
final class DotStuffing extends OutputStream {
  private final OutputStream out;
  private final byte[] buffer = new byte[8192];
  private int filled;
  private boolean lineStart = true;
  private boolean afterCr;

  DotStuffing(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    byte b = (byte) octet;
    if (b == '\n') {
      endLine();
      return;
    }
    if (afterCr) {
      endLine(); // a bare CR
    }
    if (b == '\r') {
      afterCr = true;
      return;
    }
    if (lineStart && b == '.') {
      put((byte) '.');
    }
    put(b);
    lineStart = false;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(octets[i]);
    }
  }

  private void endLine() throws IOException {
    put((byte) '\r');
    put((byte) '\n');
    afterCr = false;
    lineStart = true;
  }

  private void put(byte b) throws IOException {
    if (filled == buffer.length) {
      out.write(buffer, 0, filled);
      filled = 0;
    }
    buffer[filled++] = b;
  }

  /** Ends the last line if its author did not, then the message, and flushes. */
  void finish() throws IOException {
    if (afterCr || !lineStart) {
      endLine();
    }
    put((byte) '.');
    endLine();
    out.write(buffer, 0, filled);
    filled = 0;
    out.flush();
  }
}
