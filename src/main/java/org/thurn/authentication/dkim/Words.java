package org.thurn.authentication.dkim;

import java.util.regex.Pattern;

/** A stranger's text inside our sentences: cut short, and nothing in it that acts on a terminal. */
final class Words {
  private static final Pattern ACTING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Enough to recognize a text by. */
  private static final int SHOWN = 80;

  private Words() {}

  static String quote(String text) {
    boolean whole = text.length() <= SHOWN;
    String shown = whole ? text : text.substring(0, SHOWN) + "...";
    return '"' + ACTING.matcher(shown).replaceAll("\ufffd") + '"';
  }
}
