package org.thurn.authentication.dmarc.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was done with messages, {@code ActionDispositionType} of RFC 9990. */
public enum ReportedDisposition {
  /** Nothing. */
  NONE,
  /** Nothing, since they passed and the policy is not {@code none}. */
  PASS,
  QUARANTINE,
  REJECT;

  /** As reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ReportedDisposition> of(String word) {
    return Arrays.stream(values()).filter(d -> d.word().equalsIgnoreCase(word)).findFirst();
  }
}
