package org.thurn.authentication.spf;

import java.util.Arrays;
import java.util.Optional;

/** {@code macro-letter}, RFC 7208 §7.2. */
public enum MacroLetter {
  SENDER('s'),
  LOCAL_PART('l'),
  SENDER_DOMAIN('o'),
  DOMAIN('d'),
  IP('i'),
  VALIDATED_NAME('p'),
  FAMILY('v'),
  HELO('h'),
  CLIENT('c'),
  RECEIVER('r'),
  TIME('t');

  private final char letter;

  MacroLetter(char letter) {
    this.letter = letter;
  }

  /** In lower case. */
  public char letter() {
    return letter;
  }

  /** Whether it may stand only in the text of an explanation. */
  public boolean forExplanations() {
    return this == CLIENT || this == RECEIVER || this == TIME;
  }

  /** Whether it holds the sender's local part. */
  boolean namesPerson() {
    return this == SENDER || this == LOCAL_PART;
  }

  static Optional<MacroLetter> of(char letter) {
    char lower = letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter;
    return Arrays.stream(values()).filter(l -> l.letter == lower).findFirst();
  }
}
