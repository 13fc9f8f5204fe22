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
    return Stub.of(in.toString());
  }

  /**
   * The same text with every bare CR and bare LF become CRLF and, if it is not empty, a CRLF at its
   * end. NUL and long lines stay: they are {@link Downgrade}'s matter.
   */
  public static InputStream normalize(InputStream in) {
    return Stub.of(in.toString());
  }
}
