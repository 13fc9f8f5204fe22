package org.thurn.message;

import java.util.Locale;
import java.util.Optional;

/**
 * How a part wants to be shown (RFC 2183).
 *
 * @param type in lower case: {@code inline}, {@code attachment} or another token
 * @param parameters such as filename
 */
public record ContentDisposition(String type, Parameters parameters) {
  /** Parses any text. */
  public static ContentDisposition parse(String text) {
    FieldCursor cursor = new FieldCursor(text);
    String type = cursor.token().toLowerCase(Locale.ROOT);
    return new ContentDisposition(type, Parameters.parse(cursor));
  }

  /** Whether the part is an attachment: RFC 2183 §2.8 treats unknown types as such. */
  public boolean isAttachment() {
    return !type.equals("inline");
  }

  /** The file name, decoded; it may hold anything, path separators included. */
  public Optional<String> fileName() {
    return parameters.get("filename");
  }
}
