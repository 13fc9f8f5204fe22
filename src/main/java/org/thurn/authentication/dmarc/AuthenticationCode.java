package org.thurn.authentication.dmarc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What SPF or DKIM found: the result codes of RFC 8601 §2.7.1 and §2.7.2. */
public enum AuthenticationCode {
  NONE,
  PASS,
  FAIL,
  /** Of SPF alone. */
  SOFTFAIL,
  POLICY,
  NEUTRAL,
  TEMPERROR,
  PERMERROR;

  /** As header fields and reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its word, in any case of letters. */
  public static Optional<AuthenticationCode> of(String word) {
    return Arrays.stream(values()).filter(c -> c.word().equalsIgnoreCase(word)).findFirst();
  }
}
