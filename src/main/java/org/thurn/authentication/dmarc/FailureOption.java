package org.thurn.authentication.dmarc;

/** When the owner wants a failure report, RFC 9989 §4.7, tag {@code fo}. */
public enum FailureOption {
  /** Nothing made an aligned pass. */
  ALL("0"),
  /** SPF or DKIM made no aligned pass. */
  ANY("1"),
  /** A signature failed, aligned or not. */
  DKIM("d"),
  /** SPF failed, aligned or not. */
  SPF("s");

  private final String letter;

  FailureOption(String letter) {
    this.letter = letter;
  }

  /** As records and reports write it. */
  public String letter() {
    return letter;
  }
}
