package org.thurn.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.thurn.authentication.TagList;

/** {@code dkim-quoted-printable}, RFC 6376 §2.11: what is no code stays as it is. */
final class QuotedText {
  private QuotedText() {}

  /** Decodes; white space in the text means nothing. */
  static String decode(String text) {
    byte[] octets = TagList.squeeze(text).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      int high = octets[i] == '=' && i + 2 < octets.length ? hex(octets[i + 1]) : -1;
      int low = high < 0 ? -1 : hex(octets[i + 2]);
      out.write(low < 0 ? octets[i] : (high << 4) | low);
      i += low < 0 ? 0 : 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte octet) {
    return octet < 0 ? -1 : Character.digit(octet, 16);
  }
}
