package org.thurn.access.imap.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The names of mailboxes as IMAP4rev1 writes them (RFC 3501 §5.1.3). */
public final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /** Writes a name in printable ASCII. */
  public static String encode(String name) {
    StringBuilder out = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c == '&') {
        out.append("&-");
        at++;
      } else if (isPrintable(c)) {
        out.append(c);
        at++;
      } else {
        int end = at;
        while (end < name.length() && !isPrintable(name.charAt(end))) {
          end++;
        }
        byte[] utf16 = name.substring(at, end).getBytes(StandardCharsets.UTF_16BE);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
        out.append('&').append(base64.replace('/', ',')).append('-');
        at = end;
      }
    }
    return out.toString();
  }

  /** Reads a name; empty if it is not what {@link #encode} writes (one name, one form). */
  public static Optional<String> decode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int shift = text.indexOf('&', at);
      out.append(text, at, shift < 0 ? text.length() : shift);
      if (shift < 0) {
        break;
      }
      int end = text.indexOf('-', shift);
      if (end < 0) {
        return Optional.empty();
      }
      out.append(end == shift + 1 ? "&" : shifted(text.substring(shift + 1, end)));
      at = end + 1;
    }
    String name = out.toString();
    return encode(name).equals(text) ? Optional.of(name) : Optional.empty();
  }

  private static String shifted(String base64) {
    try {
      byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
      return new String(utf16, StandardCharsets.UTF_16BE);
    } catch (IllegalArgumentException e) {
      // no base64: the caller sees that it does not encode back to the same text
      return "";
    }
  }

  private static boolean isPrintable(char c) {
    return c >= 0x20 && c < 0x7f;
  }
}
