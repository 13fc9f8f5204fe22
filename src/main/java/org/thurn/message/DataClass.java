package org.thurn.message;

/** The three kinds of data of RFC 2045 §2.7 to §2.9, from narrow to wide. */
public enum DataClass {
  /** Lines of at most 998 octets below 128, without NUL, ended by CRLF. */
  SEVEN_BIT,
  /** The same with octets above 127: needs 8BITMIME (RFC 6152). */
  EIGHT_BIT,
  /** Anything else: needs BINARYMIME (RFC 3030). */
  BINARY
}
