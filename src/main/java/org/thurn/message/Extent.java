package org.thurn.message;

/**
 * A range of a message's octets.
 *
 * @param offset of the first octet, from the start of the message
 * @param length in octets
 */
public record Extent(long offset, long length) {
  public Extent {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("an extent is not negative: " + offset + "+" + length);
    }
  }

  /** The offset after the last octet. */
  public long end() {
    return offset + length;
  }
}
