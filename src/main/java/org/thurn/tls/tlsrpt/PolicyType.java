package org.thurn.tls.tlsrpt;

import java.util.Arrays;
import java.util.Optional;

/** What kind of policy applied, RFC 8460 §4.4. */
public enum PolicyType {
  /** TLSA records (DANE). */
  TLSA("tlsa"),
  /** An MTA-STS policy. */
  STS("sts"),
  /** Neither. */
  NO_POLICY_FOUND("no-policy-found");

  private final String word;

  PolicyType(String word) {
    this.word = word;
  }

  /** As reports have it. */
  public String word() {
    return word;
  }

  /** The type of a word, in lower case only. */
  public static Optional<PolicyType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
