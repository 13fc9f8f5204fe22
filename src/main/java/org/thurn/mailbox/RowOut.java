package org.thurn.mailbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a row: its format, then numbers of seven bits an octet, least first. */
final class RowOut {
  /** The format of every row of this room. */
  static final int FORMAT = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

  RowOut() {
    out.write(FORMAT);
  }

  RowOut number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** With its length in front. */
  RowOut octets(byte[] octets) {
    number(octets.length);
    out.writeBytes(octets);
    return this;
  }

  RowOut text(String text) {
    return octets(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
