package org.thurn.name;

/** Text of a stranger, made safe to put into a message: bounded, control characters replaced. */
final class Shown {
  private static final int MAX = 80;

  private Shown() {}

  static String of(String text) {
    String cut = text.length() > MAX ? text.substring(0, MAX) + "…" : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "�");
  }
}
