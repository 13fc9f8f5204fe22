package org.thurn.authentication.results;

import java.util.Locale;

/** The grammar's words: {@code Keyword = Ldh-str} (RFC 8601 §2.2, RFC 5321 §4.1.2). */
final class Keywords {
  /** None that is registered has half of it; a line must hold it and more. */
  static final int MAX = 64;

  private Keywords() {}

  /** What words are read by: the grammar's, and the underscore of Fastmail's policy.is_org. */
  static boolean isLoose(char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Whether the grammar itself allows it. */
  static boolean isKeyword(String word) {
    return !word.isEmpty()
        && word.length() <= MAX
        && word.chars().allMatch(c -> isLoose((char) c) && c != '_')
        && isLetterOrDigit(word.charAt(word.length() - 1));
  }

  /** In lower case. A record never holds a word that could be taken for more than one. */
  static String check(String word) {
    boolean good = !word.isEmpty() && word.length() <= MAX;
    if (!good || !word.chars().allMatch(c -> c < 0x80 && isLoose((char) c))) {
      throw new IllegalArgumentException("not a keyword of RFC 8601");
    }
    return word.toLowerCase(Locale.ROOT);
  }
}
