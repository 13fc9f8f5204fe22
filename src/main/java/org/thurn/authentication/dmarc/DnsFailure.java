package org.thurn.authentication.dmarc;

/** The DNS did not say what must be known, or we have asked enough; the message says so. */
final class DnsFailure extends Exception {
  private static final long serialVersionUID = 1;

  DnsFailure(String message) {
    super(message);
  }
}
