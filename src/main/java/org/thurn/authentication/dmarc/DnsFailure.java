package org.thurn.authentication.dmarc;

/** The DNS did not say what must be known, or we have asked enough; the reason says so. */
final class DnsFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  DnsFailure(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** One line for people. */
  String reason() {
    return reason;
  }
}
