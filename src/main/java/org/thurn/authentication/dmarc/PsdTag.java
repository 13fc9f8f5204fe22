package org.thurn.authentication.dmarc;

/** What a record says of its own place, RFC 9989 §4.7, tag {@code psd}. */
public enum PsdTag {
  /** Here is a public suffix: the organizations are one label below. */
  YES("y"),
  /** Here is an organizational domain. */
  NO("n"),
  /** Not said: to be found out. */
  UNKNOWN("u");

  private final String letter;

  PsdTag(String letter) {
    this.letter = letter;
  }

  /** As records write it. */
  public String letter() {
    return letter;
  }
}
