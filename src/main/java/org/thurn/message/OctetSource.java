package org.thurn.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Where a message's octets can be read again, by range. */
@FunctionalInterface
public interface OctetSource {
  /** Opens a range; it ends early where the message does. The caller closes the stream. */
  InputStream open(long offset, long length) throws IOException;

  /** Opens a range. */
  default InputStream open(Extent extent) throws IOException {
    return open(extent.offset(), extent.length());
  }

  /** A message in memory. */
  static OctetSource of(byte[] octets) {
    return (offset, length) -> {
      int start = (int) Math.min(offset, octets.length);
      int count = (int) Math.min(length, octets.length - start);
      return new ByteArrayInputStream(octets, start, count);
    };
  }
}
