package org.thurn.tls.mtasts;

/** {@code WSP}, RFC 5234 appendix B.1: taken off in one pass, however much a stranger writes. */
final class WhiteSpace {
  private WhiteSpace() {}

  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static boolean is(char c) {
    return c == ' ' || c == '\t';
  }
}
