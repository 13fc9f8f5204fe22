package org.thurn.message;

/**
 * A cursor over a structured field's value: the lexical tokens of RFC 5322 §3.2 and RFC 2045 §5.1.
 * It never throws for what the text holds and never goes beyond its end. Characters above ASCII are
 * allowed wherever a token or a quoted string has letters (RFC 6532).
 */
public final class FieldCursor {
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
  private static final int MAX_COMMENT_DEPTH = 50;

  private final String text;
  private int at;

  /** At the start of an unfolded value. */
  public FieldCursor(String text) {
    this.text = text;
  }

  public boolean atEnd() {
    return at >= text.length();
  }

  /** The next character; NUL at the end. */
  public char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Goes over one character. */
  public void next() {
    at++;
  }

  /** Goes over this character if it is the next one, and says whether it was. */
  public boolean take(char c) {
    boolean there = !atEnd() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  /** How many characters are before it. */
  public int position() {
    return at;
  }

  /** Goes back, or on, to an earlier {@link #position()}. */
  public void position(int position) {
    at = position;
  }

  /** What stands between {@code start} and here. */
  public String since(int start) {
    return text.substring(start, at);
  }

  /** Skips {@code FWS}. */
  public void skipSpace() {
    while (!atEnd() && isSpace(peek())) {
      at++;
    }
  }

  /** Space, tab, CR or LF. */
  public static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Skips {@code CFWS}; false if a comment does not end. */
  public boolean skipCfws() {
    skipSpace();
    boolean whole = true;
    while (peek() == '(' && !atEnd()) {
      whole &= comment(new StringBuilder());
      skipSpace();
    }
    return whole;
  }

  /** A {@code comment}, its text appended without the outer parentheses; false if it never ends. */
  public boolean comment(StringBuilder inner) {
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
  public String token() {
    skipCfws();
    int start = at;
    while (!atEnd() && isToken(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Whether a {@code token} of RFC 2045 §5.1 may have it. */
  public static boolean isToken(char c) {
    return c > ' ' && c != 0x7f && TSPECIALS.indexOf(c) < 0;
  }

  /** A {@code quoted-string}, the cursor on its opening quote; false if it never ends. */
  public boolean quotedString(StringBuilder inner) {
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
  public String until(char stop) {
    int end = text.indexOf(stop, at);
    String found = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end;
    return found.strip();
  }
}
