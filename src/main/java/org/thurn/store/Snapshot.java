package org.thurn.store;

import java.util.List;
import java.util.Optional;

/** A consistent view of one partition. Keys compare as unsigned octets. */
public interface Snapshot extends AutoCloseable {
  Optional<byte[]> get(byte[] key);

  /**
   * The pairs with {@code from <= key < to}, in key order or against it.
   *
   * @param limit how many at the most
   */
  List<Pair> scan(byte[] from, byte[] to, int limit, boolean reverse);

  /** In key order. */
  default List<Pair> scan(byte[] from, byte[] to, int limit) {
    return scan(from, to, limit, false);
  }

  @Override
  void close();

  /** A key and its value; compare the arrays, not the pairs. */
  @SuppressWarnings("ArrayRecordComponent")
  record Pair(byte[] key, byte[] value) {}
}
