package org.thurn.authentication.dmarc;

import java.util.Locale;

/** The result codes of RFC 9989 §9.2. */
public enum DmarcOutcome {
  /** No policy record applies. */
  NONE,
  /** An identifier that is proven is aligned. */
  PASS,
  /** None is. */
  FAIL,
  /** The DNS failed; another time it may be known. */
  TEMPERROR,
  /** There is no domain to judge by, or its record is broken. */
  PERMERROR;

  /** As header fields write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
