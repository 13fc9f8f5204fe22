package org.thurn.tls;

/** {@code WSP}, RFC 5234 appendix B.1: taken off in one pass, however much a stranger writes. */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** What stands before it. */
  public static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** What stands behind it. */
  public static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /** What stands between. */
  public static String strip(String text) {
    return stripLeading(stripTrailing(text));
  }

  private static boolean is(char c) {
    return c == ' ' || c == '\t';
  }
}
