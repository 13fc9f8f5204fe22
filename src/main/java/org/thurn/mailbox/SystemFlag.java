package org.thurn.mailbox;

/** The system flags of RFC 9051 §2.3.2. */
public enum SystemFlag {
  SEEN("\\Seen", 1),
  ANSWERED("\\Answered", 2),
  FLAGGED("\\Flagged", 4),
  DELETED("\\Deleted", 8),
  DRAFT("\\Draft", 16);

  private final String text;
  private final int bit;

  SystemFlag(String text, int bit) {
    this.text = text;
    this.bit = bit;
  }

  /** The wire form. */
  public String text() {
    return text;
  }

  /** Its bit in {@link Flags#system} and in stored rows; never changes. */
  int bit() {
    return bit;
  }
}
