package org.thurn.authentication.dkim;

import java.util.Locale;

/** The results of RFC 8601 §2.7.1. */
public enum Outcome {
  NONE,
  PASS,
  FAIL,
  POLICY,
  NEUTRAL,
  TEMPERROR,
  PERMERROR;

  /** As Authentication-Results has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
