package org.thurn.authentication.dmarc.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when more octets come than are allowed: what a few octets can unpack to has no end. */
final class BoundedInput extends FilterInputStream {
  /** More came than is allowed. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(long limit) {
      super("it is larger than " + limit + " octets");
    }
  }

  private final long limit;
  private long count;

  BoundedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    count(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    int read = super.read(octets, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long octets) throws TooLarge {
    count += octets;
    if (count > limit) {
      throw new TooLarge(limit);
    }
  }
}
