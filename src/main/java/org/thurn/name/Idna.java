package org.thurn.name;

import com.ibm.icu.text.IDNA;

/** UTS 46 in its non-transitional form, as RFC 5891 asks. */
final class Idna {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  private Idna() {}

  static String toAscii(String name) throws NameSyntaxException {
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = UTS46.nameToASCII(name, new StringBuilder(), info);
    if (info.hasErrors()) {
      throw new NameSyntaxException(
          "not an internationalized domain name: " + Shown.of(name) + " " + info.getErrors());
    }
    return ascii.toString();
  }

  static String toUnicode(String ascii) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder unicode = UTS46.nameToUnicode(ascii, new StringBuilder(), info);
    return info.hasErrors() ? ascii : unicode.toString();
  }
}
