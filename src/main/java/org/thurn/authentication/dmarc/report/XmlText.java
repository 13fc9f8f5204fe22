package org.thurn.authentication.dmarc.report;

/** Text that XML can hold. */
final class XmlText {
  private XmlText() {}

  /** With U+FFFD for every character that is no {@code Char} of XML 1.0 §2.2, or is a control. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> isPlain(c) ? c : 0xfffd).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isPlain(int c) {
    boolean surrogate = c >= 0xd800 && c <= 0xdfff;
    return c >= 0x20 && (c < 0x7f || c > 0x9f) && !surrogate && c != 0xfffe && c != 0xffff;
  }
}
