package org.thurn.message;

import java.io.InputStream;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** {@code Content-Transfer-Encoding} (RFC 2045 §6). */
public enum TransferEncoding {
  SEVEN_BIT("7bit"),
  EIGHT_BIT("8bit"),
  BINARY("binary"),
  QUOTED_PRINTABLE("quoted-printable"),
  BASE64("base64"),
  /** Any other: RFC 2045 §6.4 has the part treated as opaque octets. */
  UNKNOWN("");

  private final String token;

  TransferEncoding(String token) {
    this.token = token;
  }

  /** Parses any text. */
  public static TransferEncoding parse(String text) {
    String token = new FieldCursor(text).token().toLowerCase(Locale.ROOT);
    for (TransferEncoding encoding : values()) {
      if (encoding.token.equals(token) && encoding != UNKNOWN) {
        return encoding;
      }
    }
    return UNKNOWN;
  }

  /** As written in the field. */
  public String token() {
    return token;
  }

  /** Whether the octets stand as they are. */
  public boolean isIdentity() {
    return this != QUOTED_PRINTABLE && this != BASE64;
  }

  /** Undoes the encoding; what is not validly encoded decodes to something, never throws. */
  public InputStream decode(InputStream in) {
    return switch (this) {
      case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> in;
      case QUOTED_PRINTABLE -> new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
      case BASE64 -> new Base64InputStream(in, DecodeMonitor.SILENT);
    };
  }
}
