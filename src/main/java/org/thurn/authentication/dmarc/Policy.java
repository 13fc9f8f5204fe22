package org.thurn.authentication.dmarc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a domain's owner asks to be done with mail that fails, RFC 9989 §4.7, tag {@code p}. */
public enum Policy {
  /** Nothing: the owner only wants reports. */
  NONE,
  /** To take it for suspicious. */
  QUARANTINE,
  /** Not to accept it. */
  REJECT;

  /** As records and reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Policy> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equalsIgnoreCase(word)).findFirst();
  }

  /** The level below, which applies while the owner tests: RFC 9989 §4.7, tag {@code t}. */
  public Policy oneLevelBelow() {
    return switch (this) {
      case NONE, QUARANTINE -> NONE;
      case REJECT -> QUARANTINE;
    };
  }
}
