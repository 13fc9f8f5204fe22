package org.thurn.authentication.spf;

/** Text of a stranger, made fit for a sentence: short, on one line, without control characters. */
final class Words {
  private static final int MAX = 100;

  private Words() {}

  static String of(Object text) {
    String whole = text.toString();
    String cut = whole.length() > MAX ? whole.substring(0, MAX) + "..." : whole;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "\ufffd");
  }
}
