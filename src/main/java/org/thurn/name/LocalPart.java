package org.thurn.name;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The local part of a mailbox, unquoted: {@code "a b"@x} and {@code a\ b} differ on the wire only
 * (RFC 5321 §4.1.2). Compared exactly; the directory decides what folds.
 *
 * @param value the text without quotes, at most 64 octets of UTF-8, no control characters; empty
 *     only as {@code ""}
 */
public record LocalPart(String value) {
  /** RFC 5321 §4.5.3.1.1. */
  public static final int MAX_OCTETS = 64;

  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

  public LocalPart {
    int octets = value.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_OCTETS || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a local part has at most 64 octets, none a control");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("half a character in a local part");
    }
  }

  /** Whether the text is a {@code Dot-string} and needs no quotes. */
  public boolean isDotString() {
    boolean afterDot = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '.' ? afterDot : !isAtext(c)) {
        return false;
      }
      afterDot = c == '.';
    }
    return !afterDot;
  }

  /** {@code atext} of RFC 5322 §3.2.3 with RFC 6531's UTF8-non-ascii. */
  static boolean isAtext(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c >= 0x80
        || ATEXT.indexOf(c) >= 0;
  }

  /** Whether it needs SMTPUTF8 on the wire. */
  public boolean isAscii() {
    return value.chars().allMatch(c -> c < 0x80);
  }

  /** Lower case, for directories that fold. */
  public LocalPart folded() {
    return new LocalPart(value.toLowerCase(Locale.ROOT));
  }

  /** The wire form, quoted where it must be. */
  @Override
  public String toString() {
    if (isDotString()) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
