package org.thurn.store;

/**
 * How much a room keeps, which it counts in a row of its own so that what strangers fill has an
 * end.
 *
 * @param items such as reports or policies
 * @param octets of them
 */
public record KeptTotal(int items, long octets) {
  /** Nothing is kept yet. */
  public static final KeptTotal NONE = new KeptTotal(0, 0);

  /** With some more, or fewer. */
  public KeptTotal plus(int moreItems, long moreOctets) {
    return new KeptTotal(items + moreItems, octets + moreOctets);
  }

  /** As a row. */
  public byte[] row() {
    return RowOctets.value(
        out -> {
          out.writeInt(items);
          out.writeLong(octets);
        });
  }

  /**
   * Reads its row.
   *
   * @throws java.io.UncheckedIOException if it is damaged
   */
  public static KeptTotal of(byte[] row) {
    return RowOctets.read(row, in -> new KeptTotal(in.readInt(), in.readLong()));
  }

  /** As a transaction sees it. */
  public static KeptTotal in(Txn txn, byte[] key) {
    return txn.get(key).map(KeptTotal::of).orElse(NONE);
  }
}
