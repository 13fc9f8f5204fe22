package org.thurn.dns;

/** The record types that mail asks for; codes as IANA registers them. */
public enum RecordType {
  A(1),
  NS(2),
  CNAME(5),
  SOA(6),
  PTR(12),
  MX(15),
  TXT(16),
  AAAA(28),
  DS(43),
  TLSA(52),
  HTTPS(65),
  CAA(257);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  /** The TYPE number of RFC 1035 §3.2.2 and its successors. */
  public int code() {
    return code;
  }
}
