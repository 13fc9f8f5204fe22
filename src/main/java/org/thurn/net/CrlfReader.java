package org.thurn.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the lines of every protocol in the house. Only CRLF ends a line: a bare CR or a bare LF is
 * reported, never taken for an end, since two programs that disagree about that can be made to
 * disagree about where a message ends (SMTP smuggling; RFC 5321 §2.3.8).
 *
 * <p>The buffer begins small and grows when the peer fills it, so that an idle connection costs
 * little.
 */
public final class CrlfReader {
  /** What one call found. */
  public sealed interface Line {
    /** A line without its CRLF. */
    @SuppressWarnings("ArrayRecordComponent")
    record Text(byte[] octets) implements Line {
      /** As UTF-8, what is malformed replaced. */
      public String utf8() {
        return new String(octets, StandardCharsets.UTF_8);
      }

      /** One char an octet. */
      public String latin1() {
        return new String(octets, StandardCharsets.ISO_8859_1);
      }
    }

    /** A line past the limit; it was read to its end and dropped. */
    record TooLong() implements Line {}

    /** A line with a CR or LF of its own in it; it was read to its end and dropped. */
    record BareEnd() implements Line {}

    /** The peer ended the stream. */
    record End() implements Line {}
  }

  /** Looks at octets where they lie. */
  @FunctionalInterface
  public interface Scanner {
    /**
     * Takes some or all of {@code octets[from, to)}.
     *
     * @return how many were taken; the rest stays for whoever reads next
     */
    int scan(byte[] octets, int from, int to) throws IOException;
  }

  private static final int MAX_DROPPED = 1 << 20;
  private static final int FIRST_BUFFER = 512;

  private InputStream in;
  private final int maxBuffer;
  private byte[] buffer;
  private int from;
  private int to;

  /** A reader whose buffer grows up to {@code bufferOctets}. */
  public CrlfReader(InputStream in, int bufferOctets) {
    this.in = in;
    this.maxBuffer = bufferOctets;
    this.buffer = new byte[Math.min(FIRST_BUFFER, bufferOctets)];
  }

  /**
   * Reads one line.
   *
   * @param max octets allowed, CRLF not counted
   * @throws EndlessLineException if a line that is dropped passes 1 MiB
   */
  public Line readLine(int max) throws IOException {
    LineSoFar line = new LineSoFar(max);
    while (from < to || fill()) {
      int start = from;
      while (from < to) {
        int newline = indexOf((byte) '\n', from);
        line.bare |= strayCr(from, newline < 0 ? to : newline, line.afterCr);
        from = newline < 0 ? to : newline + 1;
        boolean afterCr = newline > start ? buffer[newline - 1] == '\r' : line.afterCr;
        if (newline >= 0 && afterCr) {
          line.add(buffer, start, from);
          return line.ended();
        }
        line.bare |= newline >= 0;
        line.afterCr = buffer[from - 1] == '\r';
      }
      line.add(buffer, start, to);
    }
    return new Line.End();
  }

  /** Whether a CR in {@code [start, end)}, or one just before, is followed by anything but LF. */
  private boolean strayCr(int start, int end, boolean crBefore) {
    if (crBefore && start < end) {
      return true;
    }
    for (int i = start; i < end - 1; i++) {
      if (buffer[i] == '\r') {
        return true;
      }
    }
    return false;
  }

  private int indexOf(byte wanted, int start) {
    for (int i = start; i < to; i++) {
      if (buffer[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** A line that may come in several pieces. */
  private static final class LineSoFar {
    private final int max;
    private byte[] octets = {};
    private long length;
    private boolean bare;
    private boolean afterCr;

    LineSoFar(int max) {
      this.max = max;
    }

    /** Keeps the piece as long as the line, with its CRLF, is within the limit. */
    void add(byte[] buffer, int start, int end) throws IOException {
      int piece = end - start;
      if (length + piece <= max + 2L) {
        int needed = (int) length + piece;
        if (needed > octets.length) {
          // a first piece is mostly the whole line; growth by doubling keeps many pieces linear
          octets = Arrays.copyOf(octets, length == 0 ? needed : Math.max(needed, 2 * (int) length));
        }
        System.arraycopy(buffer, start, octets, (int) length, piece);
      }
      length += piece;
      if (length > max + (long) MAX_DROPPED) {
        throw new EndlessLineException();
      }
    }

    Line ended() {
      long text = length - 2;
      if (text > max) {
        return new Line.TooLong();
      }
      return bare ? new Line.BareEnd() : new Line.Text(Arrays.copyOf(octets, (int) text));
    }
  }

  /**
   * Reads up to {@code length} octets of what is no line: a literal, a BDAT chunk; -1 at the end.
   */
  public int read(byte[] into, int offset, int length) throws IOException {
    if (from == to && !fill()) {
      return -1;
    }
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  /**
   * Shows the scanner what waits in the buffer, after a read if nothing does.
   *
   * @return false if the peer ended the stream
   */
  public boolean scan(Scanner scanner) throws IOException {
    if (from == to && !fill()) {
      return false;
    }
    from += scanner.scan(buffer, from, to);
    return true;
  }

  /** Reads exactly {@code length} octets. */
  public byte[] readExactly(int length) throws IOException {
    byte[] octets = new byte[length];
    int at = 0;
    while (at < length) {
      int count = read(octets, at, length - at);
      if (count < 0) {
        throw new EOFException("the peer ended the stream in mid-data");
      }
      at += count;
    }
    return octets;
  }

  /** Octets that wait in the buffer: what the peer has pipelined. */
  public int buffered() {
    return to - from;
  }

  /** Whether a whole line waits in the buffer: the next {@link #readLine} will not block. */
  public boolean hasLine() {
    for (int i = from + 1; i < to; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Throws away what waits in the buffer. */
  public void discardBuffered() {
    from = to;
  }

  /** Goes on with another stream, as after STARTTLS; the buffer is emptied. */
  public void switchTo(InputStream next) {
    discardBuffered();
    in = next;
  }

  private boolean fill() throws IOException {
    if (to == buffer.length && buffer.length < maxBuffer) {
      buffer = new byte[Math.min(maxBuffer, buffer.length * 4)];
    }
    // empty before the read, so that a time-out leaves nothing to be read twice
    from = 0;
    to = 0;
    to = Math.max(in.read(buffer, 0, buffer.length), 0);
    return to > 0;
  }
}
