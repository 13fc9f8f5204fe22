package org.thurn.message;

/** Folds header fields at their white space (RFC 5322 §2.2.3). */
final class Folding {
  private static final int SOFT = 78;

  private Folding() {}

  /** The line with folds before spaces so that lines have at most 78 characters, and CRLF. */
  static String fold(String line) {
    StringBuilder folded = new StringBuilder(line.length() + 16);
    int start = 0;
    while (line.length() - start > SOFT) {
      int space = foldAt(line, start);
      if (space < 0) {
        break;
      }
      folded.append(line, start, space).append("\r\n");
      start = space;
    }
    return folded.append(line, start, line.length()).append("\r\n").toString();
  }

  /**
   * Where to fold the line that begins at {@code start}; a line of white space alone is no fold.
   */
  private static int foldAt(String line, int start) {
    int first = Math.max(start, line.indexOf(':') + 1);
    while (first < line.length() && isSpace(line.charAt(first))) {
      first++;
    }
    int best = -1;
    for (int i = first + 1; i < line.length() - 1; i++) {
      if (isSpace(line.charAt(i)) && !isSpace(line.charAt(i - 1)) && hasText(line, i)) {
        if (i - start > SOFT && best >= 0) {
          return best;
        }
        best = i;
        if (i - start > SOFT) {
          return best;
        }
      }
    }
    return best;
  }

  private static boolean hasText(String line, int at) {
    int i = at;
    while (i < line.length() && isSpace(line.charAt(i))) {
      i++;
    }
    return i < line.length();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
