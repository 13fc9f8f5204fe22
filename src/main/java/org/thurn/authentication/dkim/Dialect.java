package org.thurn.authentication.dkim;

/** Where a signature's field comes from: the same tags, but for two. */
public enum Dialect {
  /** {@code DKIM-Signature}: {@code v=} is required, {@code i=} is an identity (RFC 6376 §3.5). */
  DKIM("DKIM-Signature"),
  /** {@code ARC-Message-Signature}: no {@code v=}; {@code i=} is an instance (RFC 8617 §4.1.2). */
  ARC("ARC-Message-Signature");

  private final String fieldName;

  Dialect(String fieldName) {
    this.fieldName = fieldName;
  }

  /** The header field's name. */
  public String fieldName() {
    return fieldName;
  }
}
