package org.thurn.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * Line ends made safe to send: RFC 5321 §2.3.8 allows CR and LF only together, and a bare one near
 * a dot is how mail is smuggled into another transaction.
 */
public final class LineEndings {
  private LineEndings() {}

  /** Reads the stream to its end and says what it is like. */
  public static Traits examine(InputStream in) throws IOException {
    LineScanner scanner = new LineScanner(in);
    LineScanner.Seen seen = new LineScanner.Seen();
    scanner.observe(seen);
    while (!scanner.atEnd()) {
      scanner.skipLine();
    }
    return seen.traits();
  }

  /**
   * The same text with every bare CR and bare LF become CRLF and, if it is not empty, a CRLF at its
   * end. NUL and long lines stay: they are {@link Downgrade}'s matter.
   */
  public static InputStream normalize(InputStream in) {
    return new Normalizing(in, true);
  }

  /** As {@link #normalize}, but a last line without end stays so: for the body of a part. */
  static InputStream normalizeInner(InputStream in) {
    return new Normalizing(in, false);
  }

  private static final class Normalizing extends InputStream {
    private final InputStream in;
    private final boolean endLastLine;
    private final byte[] source = new byte[8192];
    private final byte[] ready = new byte[2 * 8192 + 4];
    private int at;
    private int limit;
    private boolean drained;
    private boolean afterCr;
    private boolean inLine;

    Normalizing(InputStream in, boolean endLastLine) {
      this.in = in;
      this.endLastLine = endLastLine;
    }

    @Override
    public int read() throws IOException {
      return at < limit || fill() ? ready[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == limit && !fill()) {
        return -1;
      }
      int count = Math.min(length, limit - at);
      System.arraycopy(ready, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      at = 0;
      limit = 0;
      while (limit == 0 && !drained) {
        int got = in.read(source);
        drained = got < 0;
        for (int i = 0; i < got; i++) {
          take(source[i]);
        }
        if (drained && (afterCr || (inLine && endLastLine))) {
          endLine();
        }
      }
      return limit > 0;
    }

    private void take(byte b) {
      if (afterCr) {
        endLine();
        if (b == '\n') {
          return;
        }
      }
      if (b == '\r') {
        afterCr = true;
      } else if (b == '\n') {
        endLine();
      } else {
        ready[limit++] = b;
        inLine = true;
      }
    }

    private void endLine() {
      ready[limit++] = '\r';
      ready[limit++] = '\n';
      afterCr = false;
      inLine = false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
