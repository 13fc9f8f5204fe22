package org.thurn.transfer.intake;

/**
 * Finds the empty line that ends a header section, however the octets are cut into pieces. A bare
 * LF ends a line here, since BDAT may bring one and the header parser takes it so too.
 */
final class HeaderEnd {
  private static final int NOT_YET = -1;

  /** Octets of the current line but for CR. */
  private long line;

  /** The index after the empty line, or -1 if the header goes on. */
  int find(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] == '\n') {
        if (line == 0) {
          return i + 1;
        }
        line = 0;
      } else if (octets[i] != '\r') {
        line++;
      }
    }
    return NOT_YET;
  }
}
