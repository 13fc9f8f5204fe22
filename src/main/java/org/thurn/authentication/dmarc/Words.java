package org.thurn.authentication.dmarc;

/** Text of a stranger, made fit for a sentence: short, on one line, without control characters. */
public final class Words {
  private static final int MAX = 100;

  private Words() {}

  /** At most 100 characters of it and, if that is not all, three dots. */
  public static String of(Object text) {
    String whole = text.toString();
    String cut = whole.length() > MAX ? whole.substring(0, MAX) + "..." : whole;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "\ufffd");
  }
}
