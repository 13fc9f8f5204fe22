package org.thurn.message;

/** Hexadecimal digits. */
final class Hex {
  private static final String DIGITS = "0123456789ABCDEF";

  private Hex() {}

  /** The digit's value, in either case, or negative. */
  static int digit(int c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /** Two upper-case digits. */
  static String of(byte b) {
    return "" + DIGITS.charAt(b >> 4 & 15) + DIGITS.charAt(b & 15);
  }
}
