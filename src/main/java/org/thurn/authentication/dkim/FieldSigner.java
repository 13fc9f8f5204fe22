package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.thurn.authentication.TagList;
import org.thurn.authentication.TagListException;
import org.thurn.message.HeaderField;

/**
 * Writes a header field of tags whose last, {@code b=}, is the signature of the fields before it
 * and of itself. For DKIM and for both signatures of ARC.
 *
 * <p>All its folds but those of b= are of one space, so that whoever folds it anew, elsewhere,
 * changes nothing in its relaxed form.
 */
public final class FieldSigner {
  /** RFC 5322 §2.1.1 has 78 without CRLF. */
  private static final int WIDTH = 78;

  private static final String FOLD = "\r\n ";

  private final Cryptography cryptography;

  public FieldSigner(Cryptography cryptography) {
    this.cryptography = cryptography;
  }

  /**
   * Signs.
   *
   * @param name the field's
   * @param tags such as {@code d=example.com}, without semicolons; folded behind the colons of long
   *     lists
   * @param fields what is signed before this field; it gets this field too
   */
  public HeaderField sign(String name, List<String> tags, DkimKey key, HeaderHasher fields) {
    String text = folded(name, tags);
    HeaderField unsigned = HeaderField.raw(octets(text + "\r\n"));
    byte[] data = fields.addSignature(unsigned, signatureTag(unsigned)).octets();
    String signature = Base64.getEncoder().encodeToString(key.sign(data, cryptography));
    StringBuilder whole = new StringBuilder(text);
    int room = WIDTH - (text.length() - text.lastIndexOf('\n') - 1);
    for (int at = 0; at < signature.length(); ) {
      int end = Math.min(signature.length(), at + room);
      whole.append(at == 0 ? "" : FOLD).append(signature, at, end);
      at = end;
      room = WIDTH - 1;
    }
    return HeaderField.raw(octets(whole + "\r\n"));
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TagList.Tag signatureTag(HeaderField field) {
    try {
      String text = new String(field.rawValue(), StandardCharsets.ISO_8859_1);
      return TagList.parse(text).tag("b").orElseThrow();
    } catch (TagListException e) {
      throw new IllegalArgumentException("not tags that can be signed", e);
    }
  }

  /** The field up to {@code b=}. */
  private static String folded(String name, List<String> tags) {
    StringBuilder text = new StringBuilder(name).append(':');
    int line = text.length();
    for (String tag : tags) {
      String whole = tag + ";";
      // a list is folded behind its colons; the first piece follows a space as every tag does
      String before = " ";
      for (String piece : whole.length() < WIDTH / 2 ? List.of(whole) : pieces(whole)) {
        if (line + before.length() + piece.length() > WIDTH) {
          text.append(FOLD);
          line = 1;
        } else {
          text.append(before);
          line += before.length();
        }
        text.append(piece);
        line += piece.length();
        before = "";
      }
    }
    // at least some octets of the signature stand beside its name
    text.append(line + 20 > WIDTH ? FOLD : " ").append("b=");
    return text.toString();
  }

  private static List<String> pieces(String tag) {
    return List.of(tag.split("(?<=:)", -1));
  }
}
