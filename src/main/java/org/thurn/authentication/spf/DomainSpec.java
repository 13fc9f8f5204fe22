package org.thurn.authentication.spf;

import java.util.regex.Pattern;
import org.thurn.authentication.spf.MacroString.Literal;

/**
 * {@code domain-spec = macro-string domain-end}, RFC 7208 §7.1: a name, after its macros are
 * expanded.
 */
public record DomainSpec(MacroString macro) {
  /** {@code "." toplabel [ "." ]}: not all digits, no hyphen at either end. */
  private static final Pattern END =
      Pattern.compile("\\.(?=[0-9]*[A-Za-z-])[0-9A-Za-z](?:[0-9A-Za-z-]*+(?<!-))?\\.?");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

  /**
   * Parses it.
   *
   * @param before how many characters stand before it in the record
   */
  static DomainSpec parse(String text, int before) throws SpfSyntaxException {
    if (text.isEmpty()) {
      throw new SpfSyntaxException(before + 1, "a domain name is missing");
    }
    MacroString macro = MacroParser.macroString(text, before);
    if (macro.parts().getLast() instanceof Literal(String last) && !ends(last)) {
      String words = Words.of(text) + " does not end like a domain name";
      boolean address = ADDRESS.matcher(text).matches();
      throw new SpfSyntaxException(
          before + 1, address ? words + ": an address needs ip4: or ip6:" : words);
    }
    return new DomainSpec(macro);
  }

  /** {@code domain-end}, where it is no macro. */
  private static boolean ends(String literal) {
    int end = literal.endsWith(".") ? literal.length() - 1 : literal.length();
    int dot = literal.lastIndexOf('.', end - 1);
    return dot >= 0 && END.matcher(literal.substring(dot)).matches();
  }

  @Override
  public String toString() {
    return macro.toString();
  }
}
