package org.thurn.access.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code string} and {@code nstring} of RFC 9051 §9. */
final class WireString {
  private static final int MAX_QUOTED = 1000;
  private static final byte[] NIL = {'N', 'I', 'L'};

  private WireString() {}

  /**
   * Quoted if it is printable ASCII, else a literal in UTF-8: IMAP4rev1 has no other way to write
   * that, and IMAP4rev2 takes it too. A literal cannot hold NUL.
   */
  static byte[] string(String text) {
    boolean quotable =
        text.length() <= MAX_QUOTED && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    if (quotable) {
      String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
      return ('"' + escaped + '"').getBytes(StandardCharsets.US_ASCII);
    }
    byte[] octets = text.replace("\0", "").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream literal = new ByteArrayOutputStream(octets.length + 12);
    literal.writeBytes(("{" + octets.length + "}\r\n").getBytes(StandardCharsets.US_ASCII));
    literal.writeBytes(octets);
    return literal.toByteArray();
  }

  static byte[] nstring(Optional<String> text) {
    return text.map(WireString::string).orElse(NIL);
  }
}
