package org.thurn.transfer.relay;

/** How TLS is used towards a next hop. */
public enum TlsUse {
  /** Never. */
  NONE,
  /** Where the hop offers STARTTLS; any certificate will do, and plain text if it fails. */
  OPPORTUNISTIC,
  /** By STARTTLS, with a certificate that verifies for the hop's name, or not at all. */
  REQUIRED,
  /** From the first octet (RFC 8314 §3.3), with a certificate that verifies. */
  IMPLICIT;

  /** Whether nothing goes without TLS. */
  boolean mandatory() {
    return this == REQUIRED || this == IMPLICIT;
  }
}
