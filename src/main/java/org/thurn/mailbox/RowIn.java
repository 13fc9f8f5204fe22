package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RowOut} wrote. */
final class RowIn {
  private final byte[] row;
  private int at = 1;

  RowIn(byte[] row) {
    if (row[0] != RowOut.FORMAT) {
      throw new IllegalStateException("a mailbox row of the unknown format " + row[0]);
    }
    this.row = row;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte octet;
    do {
      octet = row[at++];
      value |= (octet & 0x7fL) << shift;
      shift += 7;
    } while (octet < 0);
    return value;
  }

  int count() {
    return Math.toIntExact(number());
  }

  byte[] octets() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(row, at - length, at);
  }

  String text() {
    return new String(octets(), StandardCharsets.UTF_8);
  }
}
