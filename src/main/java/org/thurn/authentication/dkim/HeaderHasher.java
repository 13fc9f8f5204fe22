package org.thurn.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.thurn.authentication.TagList;
import org.thurn.message.HeaderField;

/**
 * Gathers the canonical form of header fields (RFC 6376 §3.4.1, §3.4.2) in the order in which they
 * are given, the field with the signature last: what is signed is the octets that come out.
 */
public final class HeaderHasher {
  private final Canonicalization canonicalization;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(2048);

  public HeaderHasher(Canonicalization canonicalization) {
    this.canonicalization = canonicalization;
  }

  /** Adds a field with its CRLF. */
  public HeaderHasher add(HeaderField field) {
    byte[] octets = field.toByteArray();
    canonical(octets, field.name(), octets.length - field.rawValue().length - lineEnd(octets));
    out.write('\r');
    out.write('\n');
    return this;
  }

  /**
   * Adds the field that holds the signature: without CRLF, and as if the tag's value were empty
   * (RFC 6376 §3.7).
   *
   * @param tag where in the field's raw value the signature stands
   */
  public HeaderHasher addSignature(HeaderField field, TagList.Tag tag) {
    byte[] octets = field.toByteArray();
    int value = octets.length - field.rawValue().length - lineEnd(octets);
    byte[] blanked = new byte[octets.length - (tag.end() - tag.start())];
    System.arraycopy(octets, 0, blanked, 0, value + tag.start());
    System.arraycopy(
        octets, value + tag.end(), blanked, value + tag.start(), octets.length - value - tag.end());
    canonical(blanked, field.name(), value);
    return this;
  }

  /** The octets that are signed. */
  public byte[] octets() {
    return out.toByteArray();
  }

  /** The canonical form without the line end. */
  private void canonical(byte[] octets, String name, int value) {
    int end = octets.length - lineEnd(octets);
    if (canonicalization == Canonicalization.SIMPLE) {
      out.write(octets, 0, end);
      return;
    }
    byte[] relaxed = new byte[octets.length + 1]; // a name may lose its colon, and gets one
    byte[] lower = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(lower, 0, relaxed, 0, lower.length);
    int length = lower.length;
    relaxed[length++] = ':';
    int text = length;
    boolean space = false;
    for (int i = value; i < end; i++) {
      byte octet = octets[i];
      if (octet == ' ' || octet == '\t') {
        space = true;
      } else if (octet > ' ' || !isFold(octets, i, end)) {
        if (space && length > text) {
          relaxed[length++] = ' ';
        }
        space = false;
        relaxed[length++] = octet;
      }
    }
    out.write(relaxed, 0, length);
  }

  /** Within a field every LF folds; a CR does with it. */
  private static boolean isFold(byte[] octets, int i, int end) {
    return octets[i] == '\n' || (octets[i] == '\r' && i + 1 < end && octets[i + 1] == '\n');
  }

  private static int lineEnd(byte[] octets) {
    int length = octets.length;
    if (length == 0 || octets[length - 1] != '\n') {
      return 0;
    }
    return length > 1 && octets[length - 2] == '\r' ? 2 : 1;
  }
}
