package org.thurn.message;

/** What is wrong with a message that was parsed all the same. */
public enum Defect {
  /** A header line without a colon: kept as a field without a name. */
  NO_COLON,
  /** An mbox {@code From } line stands before the header: kept as a field without a name. */
  MBOX_FROM,
  /** The header section is larger than {@link MessageLimits#headerOctets}. */
  HEADER_TOO_LARGE,
  /** The header section has more than {@link MessageLimits#fields}. */
  TOO_MANY_FIELDS,
  /** A line is longer than {@link MessageLimits#lineOctets}. */
  LINE_TOO_LONG,
  /** LF without CR ends a line. */
  BARE_LF,
  /** CR without LF. */
  BARE_CR,
  /** An octet of value zero. */
  NUL,
  /** Octets above 127 in a header: RFC 6532 if they are UTF-8. */
  EIGHT_BIT_HEADER,
  /** A multipart without a usable boundary parameter: an opaque leaf. */
  NO_BOUNDARY,
  /** A multipart that never ends by its closing delimiter. */
  UNCLOSED_MULTIPART,
  /**
   * A composite type that claims base64 or quoted-printable, against RFC 2045 §6.4: a message is a
   * leaf then; a multipart is read as if it claimed nothing.
   */
  ENCODED_COMPOSITE,
  /** Nested beyond {@link MessageLimits#depth}. */
  TOO_DEEP,
  /** More than {@link MessageLimits#parts}. */
  TOO_MANY_PARTS
}
