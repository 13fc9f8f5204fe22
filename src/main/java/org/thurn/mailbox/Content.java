package org.thurn.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.thurn.store.Body;

/** The octets of a message as its account sees them: the prefix, then the shared body. */
public final class Content {
  private final byte[] prefix;
  private final Body body;

  Content(byte[] prefix, Body body) {
    this.prefix = prefix;
    this.body = body;
  }

  /** RFC822.SIZE, octets. */
  public long size() {
    return prefix.length + body.size();
  }

  public InputStream open() throws IOException {
    return open(0, size());
  }

  /** A stream of {@code length} octets from {@code offset}; cut off at the end. */
  public InputStream open(long offset, long length) throws IOException {
    long end = Math.min(size(), offset + Math.min(length, size()));
    if (offset >= end) {
      return InputStream.nullInputStream();
    }
    if (offset >= prefix.length) {
      return body.open(offset - prefix.length, end - offset);
    }
    int inPrefix = (int) (Math.min(prefix.length, end) - offset);
    InputStream first = new ByteArrayInputStream(prefix, (int) offset, inPrefix);
    return end <= prefix.length
        ? first
        : new SequenceInputStream(first, body.open(0, end - prefix.length));
  }
}
