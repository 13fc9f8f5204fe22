package org.thurn.tls.policy;

/** Whose word a decision rests on. */
public enum Basis {
  /** The administrator's level. */
  LOCAL,
  /** The host's TLSA records. */
  TLSA,
  /** The domain's MTA-STS policy. */
  STS,
  /** REQUIRETLS or TLS-Required of the message. */
  MESSAGE,
  /** Nobody demands anything. */
  NOTHING
}
