package org.thurn.store;

import java.nio.charset.StandardCharsets;

/**
 * Something in a store that is not as it should be.
 *
 * @param where the partition as {@code kind/id}, or the engine's own part such as {@code bodies}
 * @param key which row or file, in words
 * @param words what is wrong with it; never a secret, never text of a message
 */
public record Finding(String where, String key, Kind kind, String words) {
  /** The sorts of trouble. */
  public enum Kind {
    /** It does not decode: a format that this program lacks, or damage. */
    UNREADABLE,
    /** Something names it, and it is not there. */
    MISSING,
    /** It is there, and nothing names it. */
    STRAY,
    /** A counter does not say what is found by counting. */
    COUNT,
    /** Two that must agree do not. */
    DIFFERS
  }

  /** A key for people: what is printable ASCII stays, the rest is written as {@code \xx}. */
  public static String shown(byte[] key) {
    StringBuilder text = new StringBuilder();
    for (char c : new String(key, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (c >= ' ' && c < 0x7f && c != '\\') {
        text.append(c);
      } else {
        text.append("\\%02x".formatted((int) c));
      }
    }
    return text.toString();
  }

  /** One line. */
  @Override
  public String toString() {
    return where + "  " + key + "  " + kind + ": " + words;
  }
}
