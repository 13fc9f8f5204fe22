package org.thurn.authentication.dmarc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why something else was done than the owner asked for: RFC 9990 §3.1.6. */
public enum OverrideType {
  LOCAL_POLICY,
  MAILING_LIST,
  OTHER,
  POLICY_TEST_MODE,
  TRUSTED_FORWARDER;

  /** As reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its word, in any case of letters. */
  public static Optional<OverrideType> of(String word) {
    return Arrays.stream(values()).filter(t -> t.word().equalsIgnoreCase(word)).findFirst();
  }
}
