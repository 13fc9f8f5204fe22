package org.thurn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code xtext} of RFC 3461 §4, for the values of ENVID, ORCPT and AUTH. */
final class Xtext {
  private Xtext() {}

  static String encode(String value) {
    StringBuilder text = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      // xchar = any ASCII between "!" and "~" except "+" and "="
      if (octet >= '!' && octet <= '~' && octet != '+' && octet != '=') {
        text.append((char) octet);
      } else {
        text.append(String.format(Locale.ROOT, "+%02X", octet & 0xff));
      }
    }
    return text.toString();
  }

  /** An ORCPT value: the address type stays bare, the address is encoded. */
  static String orcpt(String value) {
    int semicolon = value.indexOf(';');
    String type = value.substring(0, Math.max(semicolon, 0));
    String address = value.substring(semicolon + 1);
    if (address.chars().allMatch(c -> c < 0x80)) {
      return (type.isEmpty() ? "rfc822" : type) + ";" + encode(address);
    }
    // utf-8-addr-xtext of RFC 6533 §3 passes every server, with SMTPUTF8 or without
    StringBuilder text = new StringBuilder("utf-8;");
    address
        .codePoints()
        .forEach(
            c ->
                text.append(
                    c < 0x80
                        ? encode(Character.toString(c))
                        : "\\x{" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + "}"));
    return text.toString();
  }
}
