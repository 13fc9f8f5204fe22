package org.thurn.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a body is (RFC 2045 §5).
 *
 * @param type in lower case
 * @param subtype in lower case
 * @param parameters such as charset and boundary
 */
public record ContentType(String type, String subtype, Parameters parameters) {
  /** RFC 2045 §5.2. */
  public static final ContentType TEXT_PLAIN =
      new ContentType("text", "plain", Parameters.of("charset", "us-ascii"));

  /** The default within multipart/digest (RFC 2046 §5.1.5). */
  public static final ContentType MESSAGE_RFC822 = of("message", "rfc822");

  /** A type without parameters. */
  public static ContentType of(String type, String subtype) {
    return new ContentType(type, subtype, Parameters.of());
  }

  /** Parses any text; what is no content type is text/plain, as RFC 2045 §5.2 advises. */
  public static ContentType parse(String text) {
    FieldCursor cursor = new FieldCursor(text);
    String type = cursor.token().toLowerCase(Locale.ROOT);
    cursor.skipCfws();
    if (type.isEmpty() || !cursor.take('/')) {
      return TEXT_PLAIN;
    }
    String subtype = cursor.token().toLowerCase(Locale.ROOT);
    return subtype.isEmpty()
        ? TEXT_PLAIN
        : new ContentType(type, subtype, Parameters.parse(cursor));
  }

  /** Whether it is this type and subtype, given in lower case. */
  public boolean is(String wantedType, String wantedSubtype) {
    return type.equals(wantedType) && subtype.equals(wantedSubtype);
  }

  public boolean isMultipart() {
    return type.equals("multipart");
  }

  /** message/rfc822, or message/global of RFC 6532 §3.7. */
  public boolean isMessage() {
    return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
  }

  /** The charset as named, or empty. */
  public Optional<String> charset() {
    return parameters.get("charset");
  }

  public Optional<String> boundary() {
    return parameters.get("boundary");
  }

  /** Decodes text of this type: by its charset if it is known, else as UTF-8 or windows-1252. */
  public String decode(byte[] octets) {
    return Charsets.decode(charset().orElse(""), octets);
  }

  /** The tokens of a comma-separated list. */
  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    FieldCursor cursor = new FieldCursor(text);
    while (!cursor.atEnd()) {
      String token = cursor.token();
      if (!token.isEmpty()) {
        tokens.add(token);
      }
      cursor.until(',');
      cursor.take(',');
    }
    return tokens;
  }

  @Override
  public String toString() {
    return type + "/" + subtype;
  }
}
