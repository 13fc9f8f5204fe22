package org.thurn.authentication.dkim;

import java.util.Arrays;
import java.util.Optional;

/** How much change on the way a signature bears: RFC 6376 §3.4. */
public enum Canonicalization {
  /** Nearly none. */
  SIMPLE("simple"),
  /** White space and the case of field names. */
  RELAXED("relaxed");

  private final String word;

  Canonicalization(String word) {
    this.word = word;
  }

  /** As it stands in {@code c=}. */
  public String word() {
    return word;
  }

  /** By its word. */
  public static Optional<Canonicalization> of(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
