package org.thurn.authentication.results;

/** Shorthand of these tests. */
final class Parsed {
  private Parsed() {}

  /** Of a value that must be right. */
  static AuthenticationResults of(String value) {
    try {
      return ResultsParser.parse(value);
    } catch (ResultsSyntaxException e) {
      throw new AssertionError(value + ": " + e.getMessage(), e);
    }
  }
}
