package org.thurn.authentication.spf;

import java.util.Arrays;
import java.util.Optional;

/** {@code qualifier = "+" / "-" / "?" / "~"}, RFC 7208 §4.6.1 and §4.6.2. */
public enum Qualifier {
  PASS('+', Outcome.PASS),
  FAIL('-', Outcome.FAIL),
  SOFTFAIL('~', Outcome.SOFTFAIL),
  NEUTRAL('?', Outcome.NEUTRAL);

  private final char sign;
  private final Outcome outcome;

  Qualifier(char sign, Outcome outcome) {
    this.sign = sign;
    this.outcome = outcome;
  }

  public char sign() {
    return sign;
  }

  /** What the check comes to when a directive of this qualifier matches. */
  public Outcome outcome() {
    return outcome;
  }

  static Optional<Qualifier> of(char sign) {
    return Arrays.stream(values()).filter(q -> q.sign == sign).findFirst();
  }
}
