package org.thurn.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One header field as it was received: name, colon, value, folds and line end, every octet of it. A
 * line that is no field (no colon, an mbox {@code From } line) is kept as a field without a name.
 */
public final class HeaderField {
  private final byte[] buffer;
  private final int start;
  private final int nameEnd;
  private final int colon;
  private final int end;

  /** The octets from {@code start} to {@code end}; {@code colon} is negative if there is none. */
  HeaderField(byte[] buffer, int start, int nameEnd, int colon, int end) {
    this.buffer = buffer;
    this.start = start;
    this.nameEnd = nameEnd;
    this.colon = colon;
    this.end = end;
  }

  /**
   * A field that we write, folded at white space to lines of 78 octets where it can be (RFC 5322
   * §2.1.1).
   *
   * @param value ASCII or UTF-8 on one line; a control character in it is refused, lest somebody's
   *     text become a header field
   */
  public static HeaderField of(String name, String value) {
    checkName(name);
    if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new IllegalArgumentException("a control character in the value of " + name);
    }
    byte[] octets = Folding.fold(name + ": " + value).getBytes(StandardCharsets.UTF_8);
    return new HeaderField(octets, 0, name.length(), name.length(), octets.length);
  }

  /** A field whose folds are its writer's own: one field in CRLF, its last line end included. */
  public static HeaderField raw(byte[] octets) {
    Headers parsed = Headers.parse(octets, MessageLimits.DEFAULT);
    boolean one = parsed.fields().size() == 1 && parsed.length() == octets.length;
    HeaderField field = one ? parsed.fields().getFirst() : null;
    boolean ended = one && octets[octets.length - 1] == '\n' && !parsed.hasSeparator();
    if (field == null || !ended || !field.isWellFormed()) {
      throw new IllegalArgumentException("not one header field");
    }
    if (parsed.defects().contains(Defect.BARE_LF) || parsed.defects().contains(Defect.BARE_CR)) {
      throw new IllegalArgumentException("not in CRLF");
    }
    return field;
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ':')) {
      throw new IllegalArgumentException("not a field name: " + name);
    }
  }

  /** Whether it has a name of {@code ftext} and a colon (RFC 5322 §3.6.8). */
  public boolean isWellFormed() {
    return colon >= 0;
  }

  /** The name as written, without the white space that §4.5 of RFC 5322 allows after it; or "". */
  public String name() {
    return new String(buffer, start, nameEnd - start, StandardCharsets.ISO_8859_1);
  }

  /** Whether the name is this one, in any case of letters. */
  public boolean hasName(String name) {
    if (colon < 0 || name.length() != nameEnd - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (lower(buffer[start + i]) != lower((byte) name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  /** The value, folds and all, from the colon to before the last line end. */
  public byte[] rawValue() {
    return Arrays.copyOfRange(buffer, colon < 0 ? start : colon + 1, valueEnd());
  }

  private int valueEnd() {
    int last = end;
    if (last > start && buffer[last - 1] == '\n') {
      last--;
      if (last > start && buffer[last - 1] == '\r') {
        last--;
      }
    }
    return last;
  }

  /**
   * The value with its folds undone (RFC 5322 §2.2.3), without surrounding white space. UTF-8 where
   * the octets are, else ISO-8859-1.
   */
  public String unfolded() {
    int from = colon < 0 ? start : colon + 1;
    int to = valueEnd();
    byte[] kept = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      if (buffer[i] != '\r' && buffer[i] != '\n') {
        kept[length++] = buffer[i];
      } else if (buffer[i] == '\r' && (i + 1 == to || buffer[i + 1] != '\n')) {
        kept[length++] = ' '; // a bare CR is neither a fold nor something to show
      }
    }
    return Charsets.utf8OrLatin1(kept, length).strip();
  }

  /** The unfolded value with its encoded words decoded (RFC 2047). */
  public String decoded() {
    return EncodedWords.decode(unfolded());
  }

  /** Its size in octets. */
  public int length() {
    return end - start;
  }

  /** The octets, as received. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** Writes the octets, as received. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(buffer, start, end - start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderField that
        && Arrays.equals(buffer, start, end, that.buffer, that.start, that.end);
  }

  @Override
  public int hashCode() {
    return name().toLowerCase(Locale.ROOT).hashCode() * 31 + length();
  }

  @Override
  public String toString() {
    return new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
