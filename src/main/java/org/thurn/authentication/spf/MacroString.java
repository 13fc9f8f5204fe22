package org.thurn.authentication.spf;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code macro-string} or {@code explain-string} of RFC 7208 §7.1, parsed. Printed, it is the text
 * that parses to the same.
 */
public record MacroString(List<Part> parts) {
  public MacroString {
    parts = List.copyOf(parts);
  }

  /** What a macro string is made of. */
  public sealed interface Part {}

  /** Characters that stand for themselves; never two of these side by side, never empty. */
  public record Literal(String text) implements Part {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The three characters that cannot. */
  public enum Escape implements Part {
    PERCENT("%%", "%"),
    SPACE("%_", " "),
    URL_SPACE("%-", "%20");

    private final String written;
    private final String text;

    Escape(String written, String text) {
      this.written = written;
      this.text = text;
    }

    /** What it stands for. */
    public String text() {
      return text;
    }

    @Override
    public String toString() {
      return written;
    }
  }

  /**
   * {@code "%{" macro-letter transformers *delimiter "}"}.
   *
   * @param keep how many parts on the right are used, at least 1; zero for all of them
   * @param reversed whether the parts are turned round first
   * @param delimiters where the value is split; empty for "."
   * @param urlEscaped whether the result is percent-encoded: the letter was in upper case
   */
  public record Expansion(
      MacroLetter letter, int keep, boolean reversed, String delimiters, boolean urlEscaped)
      implements Part {
    @Override
    public String toString() {
      String sign = String.valueOf(letter.letter());
      return "%{"
          + (urlEscaped ? sign.toUpperCase(Locale.ROOT) : sign)
          + (keep == 0 ? "" : keep)
          + (reversed ? "r" : "")
          + delimiters
          + "}";
    }
  }

  /** Whether it has a macro of a letter for which this holds. */
  boolean has(Predicate<MacroLetter> wanted) {
    return parts.stream().anyMatch(p -> p instanceof Expansion e && wanted.test(e.letter()));
  }

  @Override
  public String toString() {
    return parts.stream().map(Part::toString).collect(Collectors.joining());
  }
}
