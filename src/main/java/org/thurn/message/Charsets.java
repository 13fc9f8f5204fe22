package org.thurn.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The charsets of mail, as they are named in real life, and text that is never refused. */
final class Charsets {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Names that mail uses and the platform does not know, or knows too narrowly. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "gb2312", "GB18030",
          "gbk", "GB18030",
          "ks_c_5601-1987", "x-windows-949",
          "euc-kr", "x-windows-949",
          "shift_jis", "windows-31j",
          "iso-8859-8-i", "ISO-8859-8",
          "iso-8859-8-e", "ISO-8859-8",
          "iso-8859-1", "windows-1252",
          "latin1", "windows-1252",
          "cp-850", "IBM850");

  private Charsets() {}

  /**
   * Decodes by a charset's name. US-ASCII, unknown and missing names mean UTF-8 where the octets
   * are, else windows-1252: what most unlabelled mail is.
   */
  static String decode(String name, byte[] octets) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    if (!key.isEmpty() && !key.equals("us-ascii") && !key.equals("utf-8")) {
      try {
        return new String(octets, Charset.forName(ALIASES.getOrDefault(key, key)));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        // a name of the sender's fancy: taken as unlabelled below
        return utf8Or(octets, octets.length, WINDOWS_1252);
      }
    }
    return key.equals("utf-8")
        ? new String(octets, StandardCharsets.UTF_8)
        : utf8Or(octets, octets.length, WINDOWS_1252);
  }

  /** Text of a header: UTF-8 (RFC 6532) where it is valid, else ISO-8859-1, losing no octet. */
  static String utf8OrLatin1(byte[] octets, int length) {
    return utf8Or(octets, length, StandardCharsets.ISO_8859_1);
  }

  /** Whether the octets are valid UTF-8. */
  static boolean isUtf8(byte[] octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      // the answer itself
      return false;
    }
  }

  /** Octets that were cut off somewhere, without the beginning of a UTF-8 character at the end. */
  static byte[] wholeUtf8(byte[] octets) {
    int lead = octets.length - 1;
    while (lead > 0 && lead > octets.length - 4 && (octets[lead] & 0xc0) == 0x80) {
      lead--;
    }
    if (lead < 0 || octets[lead] >= 0) {
      return octets;
    }
    int first = octets[lead] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    return lead + length > octets.length ? Arrays.copyOf(octets, lead) : octets;
  }

  private static String utf8Or(byte[] octets, int length, Charset other) {
    boolean ascii = true;
    for (int i = 0; ascii && i < length; i++) {
      ascii = octets[i] >= 0;
    }
    if (ascii) {
      return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets, 0, length));
      return text.toString();
    } catch (CharacterCodingException e) {
      // not UTF-8: expected of older mail
      return new String(octets, 0, length, other);
    }
  }
}
