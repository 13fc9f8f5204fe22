package org.thurn.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name of the mail world: two views of one name, always held as lower-case A-labels
 * without the final dot (RFC 5321 §4.1.2, RFC 5890 §2.3.2.1).
 *
 * @param ascii the A-label form, lower case, at most 253 octets
 */
public record Domain(String ascii) implements Host, Comparable<Domain> {
  private static final int MAX_NAME = 253; // RFC 1035 §2.3.4: 255 octets on the wire
  private static final int MAX_LABEL = 63;

  public Domain {
    if (!isName(ascii)) {
      throw new IllegalArgumentException("not a domain name: " + Shown.of(ascii));
    }
  }

  /** For names that are known to be right; anything else is a bug and unchecked. */
  public static Domain of(String text) {
    try {
      return parse(text);
    } catch (NameSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Parses A-labels or U-labels; the latter are mapped by UTS 46. One final dot is accepted. */
  public static Domain parse(String text) throws NameSyntaxException {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String ascii = isAscii(name) ? name.toLowerCase(Locale.ROOT) : Idna.toAscii(name);
    if (!isName(ascii)) {
      throw new NameSyntaxException("not a domain name: \"" + Shown.of(text) + "\"");
    }
    return new Domain(ascii);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** {@code Domain = sub-domain *("." sub-domain)}, RFC 5321 §4.1.2, in lower case. */
  private static boolean isName(String ascii) {
    if (ascii.length() > MAX_NAME) {
      return false;
    }
    int start = 0;
    for (int dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', start)) {
      if (!isSubDomain(ascii, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return isSubDomain(ascii, start, ascii.length());
  }

  /** {@code sub-domain = Let-dig [Ldh-str]}, RFC 5321 §4.1.2. */
  private static boolean isSubDomain(String name, int start, int end) {
    boolean good = end > start && end - start <= MAX_LABEL;
    good = good && name.charAt(start) != '-' && name.charAt(end - 1) != '-';
    for (int i = start; good && i < end; i++) {
      char c = name.charAt(i);
      good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    return good;
  }

  /** The form for people: U-labels where the name has them, else the A-labels. */
  public String unicode() {
    return ascii.contains("xn--") ? Idna.toUnicode(ascii) : ascii;
  }

  /** The labels from left to right. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    int start = 0;
    for (int dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', start)) {
      labels.add(ascii.substring(start, dot));
      start = dot + 1;
    }
    labels.add(ascii.substring(start));
    return List.copyOf(labels);
  }

  /** The name without its first label, or empty for a single label. */
  public Optional<Domain> parent() {
    int dot = ascii.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new Domain(ascii.substring(dot + 1)));
  }

  /** Whether this is {@code other} or lies below it. */
  public boolean isWithin(Domain other) {
    return ascii.equals(other.ascii) || ascii.endsWith("." + other.ascii);
  }

  @Override
  public int compareTo(Domain other) {
    return ascii.compareTo(other.ascii);
  }

  @Override
  public String toString() {
    return ascii;
  }
}
