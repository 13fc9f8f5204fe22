package org.thurn.tls.policy;

/** What the message itself asks for, RFC 8689. */
public enum Wish {
  /** Nothing: the destination and the administrator decide. */
  USUAL,
  /** MAIL FROM said REQUIRETLS: proven TLS to the end, or it does not arrive (§4.2.1). */
  REQUIRED,
  /** Its header says {@code TLS-Required: No}: to arrive matters more than secrecy (§5). */
  NOT_REQUIRED
}
