package org.thurn.tls.policy;

/** What the administrator demands of TLS towards a destination. */
public enum Level {
  /** No TLS, whatever is published: for a host on the same wire that cannot do better. */
  NONE,
  /**
   * What the destination publishes is obeyed; where it publishes nothing, TLS is used where it can
   * be had, with any certificate (RFC 7435 §3).
   */
  OPPORTUNISTIC,
  /** The same, but nothing goes in the clear. */
  ENCRYPT,
  /** The host proves its name, by TLSA records or by an authority. */
  VERIFY,
  /** The host proves its name by TLSA records, and by nothing else. */
  DANE_ONLY
}
