package org.thurn.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks a stream line by line without holding lines: of each it shows as much of the beginning as
 * is asked for. A line ends by LF, with or without CR before it; a bare CR ends nothing.
 */
final class LineScanner {
  /** What was seen since it was made; {@link Traits} in the making. */
  static final class Seen {
    private boolean eightBit;
    private boolean nul;
    private boolean bareCr;
    private boolean bareLf;
    private long longestLine;

    void add(Seen other) {
      eightBit |= other.eightBit;
      nul |= other.nul;
      bareCr |= other.bareCr;
      bareLf |= other.bareLf;
      longestLine = Math.max(longestLine, other.longestLine);
    }

    Traits traits() {
      return new Traits(eightBit, nul, bareCr, bareLf, longestLine);
    }
  }

  private final InputStream in;
  private byte[] buffer = new byte[16 << 10];
  private int at;
  private int limit;
  private boolean drained;
  private long offset;
  private long lines;
  private int lineEnd;
  private Seen seen = new Seen();

  LineScanner(InputStream in) {
    this.in = in;
  }

  /** The offset of the next line's first octet. */
  long offset() {
    return offset;
  }

  /** Line feeds so far. */
  long lines() {
    return lines;
  }

  /** The size of the last line's end: 2 for CRLF, 1 for LF, 0 for none. */
  int lineEnd() {
    return lineEnd;
  }

  /** From now on, observes into {@code next}; answers what observed until now. */
  Seen observe(Seen next) {
    Seen before = seen;
    seen = next;
    return before;
  }

  boolean atEnd() throws IOException {
    return at == limit && !fill(1);
  }

  /**
   * The octet {@code i} of the next line, or -1 if the stream ends before; may lie in a later line.
   */
  int peek(int i) throws IOException {
    return at + i < limit || fill(i + 1) ? buffer[at + i] & 0xff : -1;
  }

  /** Whether the next line begins with these octets. */
  boolean startsWith(byte[] prefix) throws IOException {
    if (limit - at < prefix.length && !fill(prefix.length)) {
      return false;
    }
    return Arrays.equals(buffer, at, at + prefix.length, prefix, 0, prefix.length);
  }

  /** The whole next line, its end included, or null if it has more than {@code max} octets. */
  byte @org.jspecify.annotations.Nullable [] line(int max) throws IOException {
    int length = 0;
    for (int c = peek(0); c >= 0; c = peek(length)) {
      if (++length > max) {
        return null;
      }
      if (c == '\n') {
        break;
      }
    }
    return Arrays.copyOfRange(buffer, at, at + length);
  }

  /** Passes the next line. */
  void skipLine() throws IOException {
    long begin = offset;
    lineEnd = 0;
    boolean feed = false;
    while (!feed && (at < limit || fill(1))) {
      feed = pass();
    }
    seen.longestLine = Math.max(seen.longestLine, offset - begin - lineEnd);
  }

  /** Passes what the buffer holds of the line; true if its line feed was passed. */
  private boolean pass() throws IOException {
    int i = at;
    while (i < limit && buffer[i] > '\r') {
      i++;
    }
    offset += i - at;
    at = i;
    if (i == limit) {
      return false;
    }
    byte b = buffer[at];
    if (b == '\r' && peek(1) == '\n') {
      advance(2);
      return true;
    }
    seen.eightBit |= b < 0;
    seen.nul |= b == 0;
    seen.bareCr |= b == '\r';
    if (b == '\n') {
      seen.bareLf = true;
      advance(1);
      return true;
    }
    at++;
    offset++;
    return false;
  }

  private void advance(int end) {
    at += end;
    offset += end;
    lineEnd = end;
    lines++;
  }

  /** Makes {@code wanted} octets available from the cursor on; false if the stream ends before. */
  private boolean fill(int wanted) throws IOException {
    if (wanted > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(wanted, buffer.length * 2));
    }
    if (at + wanted > buffer.length) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      limit -= at;
      at = 0;
    }
    while (limit - at < wanted && !drained) {
      int got = in.read(buffer, limit, buffer.length - limit);
      drained = got < 0;
      limit += Math.max(got, 0);
    }
    return limit - at >= wanted;
  }
}
