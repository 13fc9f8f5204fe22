package org.thurn.message;

/**
 * A cursor over a structured field's value: the lexical tokens of RFC 5322 §3.2 and RFC 2045 §5.1.
 */
final class FieldCursor {
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
  private static final int MAX_COMMENT_DEPTH = 50;

  private final String text;
  private int at;

  FieldCursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  void next() {
    at++;
  }

  boolean take(char c) {
    boolean there = !atEnd() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  int position() {
    return at;
  }

  void position(int position) {
    at = position;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  void skipSpace() {
    while (!atEnd() && isSpace(peek())) {
      at++;
    }
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Skips {@code CFWS}; false if a comment does not end. */
  boolean skipCfws() {
    skipSpace();
    boolean whole = true;
    while (peek() == '(' && !atEnd()) {
      whole &= comment(new StringBuilder());
      skipSpace();
    }
    return whole;
  }

  /** A {@code comment}, its text appended without the outer parentheses; false if it never ends. */
  boolean comment(StringBuilder inner) {
    int depth = 0;
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '(' && ++depth > MAX_COMMENT_DEPTH) {
        at = text.length();
        return false;
      }
      if (c == ')' && --depth == 0) {
        return true;
      }
      boolean escaped = c == '\\' && !atEnd();
      if (escaped || !(c == '(' && depth == 1)) {
        inner.append(escaped ? text.charAt(at++) : c);
      }
    }
    return false;
  }

  /** A {@code token} of RFC 2045 §5.1, after CFWS; empty if there is none. */
  String token() {
    skipCfws();
    int start = at;
    while (!atEnd() && isToken(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isToken(char c) {
    return c > ' ' && c != 0x7f && TSPECIALS.indexOf(c) < 0;
  }

  /** A {@code quoted-string}, the cursor on its opening quote; false if it never ends. */
  boolean quotedString(StringBuilder inner) {
    at++;
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      inner.append(c == '\\' && !atEnd() ? text.charAt(at++) : c);
    }
    return false;
  }

  /** What stands before the next {@code stop} or the end, stripped. */
  String until(char stop) {
    int end = text.indexOf(stop, at);
    String found = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end;
    return found.strip();
  }
}
