package org.thurn.store;

import java.io.IOException;
import java.io.InputStream;

/** The octets of a stored or staged message. */
public interface Body {
  BodyId id();

  long size();

  /** SHA-256 in hex: a checksum, not an identity. */
  String sha256();

  /** A stream of {@code length} octets from {@code offset}; cut off at the end of the body. */
  InputStream open(long offset, long length) throws IOException;

  default InputStream open() throws IOException {
    return open(0, size());
  }
}
