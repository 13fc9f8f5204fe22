package org.thurn.dns;

/** What DNSSEC says of an answer (RFC 4033 §5). */
public enum Security {
  /**
   * A chain of signatures leads from the trust anchor to the answer, or to the proof of its
   * absence.
   */
  SECURE,
  /** Proven to lie in an unsigned part of the tree, or no trust anchor is configured. */
  INSECURE,
  /** Signatures are missing or wrong where they must be: the records are withheld. */
  BOGUS
}
