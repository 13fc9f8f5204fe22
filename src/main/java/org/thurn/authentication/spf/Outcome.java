package org.thurn.authentication.spf;

import java.util.Locale;

/** The seven results of a check, RFC 7208 §2.6; none stands for another. */
public enum Outcome {
  /** No domain to check, or it publishes no record. */
  NONE,
  /** The domain's owner says nothing about this host. */
  NEUTRAL,
  /** The host may send for the domain. */
  PASS,
  /** It may not. */
  FAIL,
  /** It probably may not. */
  SOFTFAIL,
  /** The DNS could not be asked: another time it may be different. */
  TEMPERROR,
  /** The published records cannot be interpreted: their owner must mend them. */
  PERMERROR;

  /** The lower-case word for header fields, RFC 7208 §9.1. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
