package org.thurn.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What is known of a stored body: {@code format, where, size, sha256}. */
record BodyHead(boolean spooled, long size, String sha256) {
  private static final int OCTETS = 42;

  byte[] bytes() {
    return ByteBuffer.allocate(OCTETS)
        .put(Keys.FORMAT)
        .put((byte) (spooled ? 1 : 0))
        .putLong(size)
        .put(HexFormat.of().parseHex(sha256))
        .array();
  }

  /** Whether {@link #of} can make something of it. */
  static boolean isReadable(byte[] bytes) {
    return bytes.length == OCTETS && bytes[0] == Keys.FORMAT;
  }

  static BodyHead of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    boolean spooled = in.get() != 0;
    long size = in.getLong();
    byte[] hash = new byte[32];
    in.get(hash);
    return new BodyHead(spooled, size, HexFormat.of().formatHex(hash));
  }
}
