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

  private static final int MAX_DROPPED = 1 << 20;

  private InputStream in;
  private final byte[] buffer;
  private int from;
  private int to;

  public CrlfReader(InputStream in, int bufferOctets) {
    this.in = in;
    this.buffer = new byte[bufferOctets];
  }

  /**
   * Reads one line.
   *
   * @param max octets allowed, CRLF not counted
   * @throws IOException if the stream fails, or a dropped line passes 1 MiB
   */
  public Line readLine(int max) throws IOException {
    byte[] line = new byte[0];
    long length = 0;
    boolean bare = false;
    boolean afterCr = false;
    while (true) {
      if (from == to && !fill()) {
        return new Line.End();
      }
      int start = from;
      while (from < to) {
        byte octet = buffer[from++];
        if (octet == '\n' && afterCr) {
          line = append(line, start, from, length, max);
          length += from - start;
          return ended(line, length - 2, max, bare);
        }
        bare |= afterCr || octet == '\n';
        afterCr = octet == '\r';
      }
      line = append(line, start, to, length, max);
      length += to - start;
      if (length > max + (long) MAX_DROPPED) {
        throw new IOException("endless line");
      }
    }
  }

  private byte[] append(byte[] line, int start, int end, long length, int max) {
    if (length + end - start > max + 2L) {
      return line;
    }
    if (line.length == 0) {
      return Arrays.copyOfRange(buffer, start, end);
    }
    byte[] longer = Arrays.copyOf(line, line.length + end - start);
    System.arraycopy(buffer, start, longer, line.length, end - start);
    return longer;
  }

  private static Line ended(byte[] line, long length, int max, boolean bare) {
    if (length > max) {
      return new Line.TooLong();
    }
    return bare ? new Line.BareEnd() : new Line.Text(Arrays.copyOf(line, (int) length));
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
    int count = in.read(buffer, 0, buffer.length);
    from = 0;
    to = Math.max(count, 0);
    return count > 0;
  }
}
