package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import org.thurn.authentication.spf.MacroString.Escape;
import org.thurn.authentication.spf.MacroString.Expansion;
import org.thurn.authentication.spf.MacroString.Literal;
import org.thurn.authentication.spf.MacroString.Part;

/** The grammar of macro strings, RFC 7208 §7.1; a method carries its rule's name. */
final class MacroParser {
  /** Parts of one macro string: many times what a name or a sentence holds. */
  static final int MAX_PARTS = 1_000;

  private static final String DELIMITERS = ".-+,/_=";

  private final String text;
  private final int before;
  private final boolean explaining;
  private int at;

  private MacroParser(String text, int before, boolean explaining) {
    this.text = text;
    this.before = before;
    this.explaining = explaining;
  }

  /**
   * {@code macro-string}, in a term.
   *
   * @param before how many characters stand before it in the record
   */
  static MacroString macroString(String text, int before) throws SpfSyntaxException {
    return new MacroParser(text, before, false).parts();
  }

  /** {@code explain-string = *( macro-string / SP )}, RFC 7208 §6.2. */
  static MacroString explainString(String text) throws SpfSyntaxException {
    return new MacroParser(text, 0, true).parts();
  }

  private MacroString parts() throws SpfSyntaxException {
    List<Part> parts = new ArrayList<>();
    while (at < text.length()) {
      if (parts.size() == MAX_PARTS) {
        throw wrong(at, "more than " + MAX_PARTS + " macros and texts in one");
      }
      parts.add(text.charAt(at) == '%' ? macroExpand() : macroLiterals());
    }
    return new MacroString(parts);
  }

  /** {@code 1*macro-literal}. */
  private Literal macroLiterals() throws SpfSyntaxException {
    int start = at;
    while (at < text.length() && text.charAt(at) != '%') {
      char c = text.charAt(at);
      boolean visible = c >= 0x21 && c <= 0x7e;
      if (!visible && !(explaining && c == ' ')) {
        throw wrong(at, "a character that is not visible ASCII");
      }
      at++;
    }
    return new Literal(text.substring(start, at));
  }

  private Part macroExpand() throws SpfSyntaxException {
    int start = at++;
    char c = next(start);
    return switch (c) {
      case '%' -> Escape.PERCENT;
      case '_' -> Escape.SPACE;
      case '-' -> Escape.URL_SPACE;
      case '{' -> expansion(start);
      default -> throw wrong(start, "\"%\" must be followed by \"{\", \"%\", \"_\" or \"-\"");
    };
  }

  /** {@code macro-letter transformers *delimiter "}"}. */
  private Expansion expansion(int start) throws SpfSyntaxException {
    char sign = next(start);
    MacroLetter letter =
        MacroLetter.of(sign).orElseThrow(() -> wrong(start, "no macro has the letter " + sign));
    if (letter.forExplanations() && !explaining) {
      throw wrong(start, "the macro %{" + sign + "} may stand only in an explanation");
    }
    int keep = digits(start);
    boolean reversed = at < text.length() && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
    at += reversed ? 1 : 0;
    int delimiters = at;
    while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String split = text.substring(delimiters, at);
    if (next(start) != '}') {
      throw wrong(start, "a macro that does not end with \"}\"");
    }
    return new Expansion(letter, keep, reversed, split, sign <= 'Z');
  }

  /** {@code *DIGIT}: zero if there is none; what is too large for a number keeps all anyway. */
  private int digits(int start) throws SpfSyntaxException {
    int first = at;
    long number = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      number = Math.min(Integer.MAX_VALUE, number * 10 + text.charAt(at) - '0');
      at++;
    }
    if (at > first && number == 0) {
      throw wrong(start, "a macro that keeps no part"); // RFC 7208 §7.3: must be nonzero
    }
    return (int) number;
  }

  private char next(int start) throws SpfSyntaxException {
    if (at == text.length()) {
      throw wrong(start, "a macro that is cut off");
    }
    return text.charAt(at++);
  }

  private SpfSyntaxException wrong(int where, String words) {
    return new SpfSyntaxException(before + where + 1, Words.of(words));
  }
}
