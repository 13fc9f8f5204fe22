package org.thurn.authentication.dmarc.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** XML begins with its declaration; some senders put white space before it. */
final class LeadingSpace {
  private static final int MAX = 1_000;

  private LeadingSpace() {}

  static InputStream skip(InputStream xml) throws IOException {
    BufferedInputStream in = new BufferedInputStream(xml);
    for (int i = 0; i < MAX; i++) {
      in.mark(1);
      int octet = in.read();
      if (octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
        in.reset();
        return in;
      }
    }
    return in;
  }
}
