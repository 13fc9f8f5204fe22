package org.thurn.authentication.arc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a chain, RFC 8617 §4.4; also what {@code cv=} says of the chain before a seal. */
public enum ChainValidation {
  /** There is no chain. */
  NONE,
  /** All of it holds. */
  PASS,
  /** Something of it does not, or cannot be checked; it is worth no more than none. */
  FAIL;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ChainValidation> of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
