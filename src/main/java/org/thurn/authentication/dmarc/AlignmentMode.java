package org.thurn.authentication.dmarc;

/** How near an identifier must be to the author's domain, RFC 9989 §3.2.10. */
public enum AlignmentMode {
  /** Of the same organizational domain. */
  RELAXED("r"),
  /** The same name. */
  STRICT("s");

  private final String letter;

  AlignmentMode(String letter) {
    this.letter = letter;
  }

  /** As records and reports write it. */
  public String letter() {
    return letter;
  }
}
