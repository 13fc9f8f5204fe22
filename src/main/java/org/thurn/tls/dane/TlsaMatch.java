package org.thurn.tls.dane;

import org.thurn.dns.RecordData.Tlsa;

/** Whether a server's certificates are what its TLSA records say. */
public sealed interface TlsaMatch {
  /**
   * They are.
   *
   * @param record the one that fits
   */
  record Matched(Tlsa record) implements TlsaMatch {
    /** For people: {@code TLSA 3 1 1 0123…}, data cut. */
    public String words() {
      String text = TlsaData.text(record);
      return "TLSA " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
  }

  /**
   * They are not.
   *
   * @param why in words
   */
  record Mismatched(Cause cause, String why) implements TlsaMatch {}

  /** Characters of a record that are shown: enough to tell it from the others of a zone. */
  int SHOWN = 22;

  /** What is wrong, as far as it goes: of several records the one that came closest to fitting. */
  enum Cause {
    /** No certificate was sent. */
    NO_CERTIFICATE,
    /** No record fits any of the certificates. */
    OTHER_KEY,
    /** One fits, and the chain up to it does not hold. */
    CHAIN,
    /** One fits, and a certificate up to it is not valid yet, or no more. */
    TIME,
    /** One fits, and the server's certificate is for another name. */
    NAME
  }
}
