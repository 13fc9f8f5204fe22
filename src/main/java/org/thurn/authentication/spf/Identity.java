package org.thurn.authentication.spf;

import java.util.Locale;

/** Whose name is checked, RFC 7208 §2.3 and §2.4. */
public enum Identity {
  MAILFROM,
  HELO;

  /** The lower-case word for header fields, RFC 7208 §9.1. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
