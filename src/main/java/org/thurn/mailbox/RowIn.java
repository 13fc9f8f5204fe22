package org.thurn.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RowOut} wrote; IllegalStateException on anything else. */
final class RowIn {
  private final byte[] row;
  private int at = 1;

  RowIn(byte[] row) {
    if (row.length == 0 || row[0] != RowOut.FORMAT) {
      throw new IllegalStateException("a mailbox row of an unknown format");
    }
    this.row = row;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte octet;
    do {
      if (at == row.length || shift > 63) {
        throw new IllegalStateException("a mailbox row that is cut off");
      }
      octet = row[at++];
      value |= (octet & 0x7fL) << shift;
      shift += 7;
    } while (octet < 0);
    return value;
  }

  /** A number that is small and not negative. */
  int count() {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalStateException("a mailbox row with a count of " + number);
    }
    return (int) number;
  }

  byte[] octets() {
    int length = count();
    if (length > row.length - at) {
      throw new IllegalStateException("a mailbox row that is cut off");
    }
    at += length;
    return Arrays.copyOfRange(row, at - length, at);
  }

  String text() {
    return new String(octets(), StandardCharsets.UTF_8);
  }
}
