package org.thurn.authentication.spf;

/**
 * An error of the DNS or of a record, or a limit, anywhere below: RFC 7208 §5 has each of them end
 * the whole check, however deep in includes it is.
 */
final class CheckEnded extends Exception {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  private CheckEnded(Outcome outcome, String reason) {
    super(reason, null, false, false);
    this.outcome = outcome;
  }

  static CheckEnded temporarily(String reason) {
    return new CheckEnded(Outcome.TEMPERROR, reason);
  }

  static CheckEnded permanently(String reason) {
    return new CheckEnded(Outcome.PERMERROR, reason);
  }

  Outcome outcome() {
    return outcome;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
