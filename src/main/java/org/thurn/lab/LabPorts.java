package org.thurn.lab;

/**
 * The ports of every domain of the lab, each moved by the same offset: only the addresses differ.
 *
 * @param offset what {@code --offset} says
 */
record LabPorts(int offset) {
  LabPorts {
    if (offset < 0 || offset > 60_000) {
      throw new IllegalArgumentException("an offset is 0 to 60000, not " + offset);
    }
  }

  int dns() {
    return 5300 + offset;
  }

  int smtp() {
    return 2525 + offset;
  }

  int lmtp() {
    return 2424 + offset;
  }

  int submission() {
    return 2587 + offset;
  }

  int submissions() {
    return 2465 + offset;
  }

  int imap() {
    return 2143 + offset;
  }

  int imaps() {
    return 2993 + offset;
  }

  int pop3() {
    return 2110 + offset;
  }

  int pop3s() {
    return 2995 + offset;
  }

  /** Where policies of MTA-STS are, instead of 443. */
  int https() {
    return 2443 + offset;
  }

  int http() {
    return 2080 + offset;
  }
}
