package org.thurn.message;

/**
 * What the octets of a body or message are like, learnt in passing.
 *
 * @param eightBit whether an octet is above 127
 * @param nul whether an octet is zero
 * @param bareCr whether a CR stands without LF
 * @param bareLf whether an LF stands without CR
 * @param longestLine in octets, without its CR and LF
 */
public record Traits(
    boolean eightBit, boolean nul, boolean bareCr, boolean bareLf, long longestLine) {
  /** RFC 5322 §2.1.1. */
  public static final int MAX_LINE = 998;

  /** The narrowest kind of data that this is. */
  public DataClass dataClass() {
    if (nul || bareCr || bareLf || longestLine > MAX_LINE) {
      return DataClass.BINARY;
    }
    return eightBit ? DataClass.EIGHT_BIT : DataClass.SEVEN_BIT;
  }
}
