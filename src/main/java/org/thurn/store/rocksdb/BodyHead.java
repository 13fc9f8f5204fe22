package org.thurn.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What is known of a stored body: {@code format, where, size, sha256}. */
record BodyHead(boolean spooled, long size, String sha256) {
  byte[] bytes() {
    return ByteBuffer.allocate(42)
        .put(Keys.FORMAT)
        .put((byte) (spooled ? 1 : 0))
        .putLong(size)
        .put(HexFormat.of().parseHex(sha256))
        .array();
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
