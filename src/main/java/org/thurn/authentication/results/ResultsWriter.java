package org.thurn.authentication.results;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.thurn.message.FieldCursor;
import org.thurn.message.HeaderField;

/**
 * Writes {@code authres-payload} of RFC 8601 §2.2, strictly, and each result on a line of its own.
 *
 * <p>Reasons and values may be a stranger's. Nothing of them can end the field, a result or a
 * quoted string: control characters become question marks, what is too long is cut, and what is no
 * token is quoted. Since many readers split at every semicolon and drop whatever stands in
 * parentheses before they look for quotes, these too become question marks; who needs the true
 * value finds it in the message's journey.
 */
public final class ResultsWriter {
  /** The longest address that SMTP knows (RFC 5321 §4.5.3.1) has 320 octets. */
  static final int MAX_VALUE = 320;

  private static final String CUT = "...";
  private static final int LINE = 77; // and the semicolon
  private static final String INDENT = "\r\n    ";
  private static final String DEEPER = "\r\n      ";

  private ResultsWriter() {}

  /** The value, on one line and without CRLF. */
  public static String value(AuthenticationResults results) {
    StringBuilder text = new StringBuilder(id(results));
    for (List<String> words : statements(results)) {
      text.append("; ").append(String.join(" ", words));
    }
    return text.toString();
  }

  /** The field, to be put above the header section. */
  public static HeaderField field(AuthenticationResults results) {
    return field(AuthenticationResults.NAME, "", results);
  }

  /**
   * A field of another name with the same payload behind something of its own.
   *
   * @param before such as {@code "i=1; "} (RFC 8617 §4.1.1)
   */
  public static HeaderField field(String name, String before, AuthenticationResults results) {
    StringBuilder text = new StringBuilder(name + ": " + before + id(results));
    for (List<String> words : statements(results)) {
      text.append(';').append(INDENT);
      int column = INDENT.length() - 2;
      for (int i = 0; i < words.size(); i++) {
        int length = words.get(i).length();
        boolean fold = i > 0 && column + 1 + length > LINE;
        text.append(fold ? DEEPER : i == 0 ? "" : " ").append(words.get(i));
        column = (fold ? DEEPER.length() - 2 : column + 1) + length;
      }
    }
    return HeaderField.raw(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String id(AuthenticationResults results) {
    if (results.authservId().isEmpty()) {
      throw new IllegalArgumentException("whoever writes results says who they are");
    }
    String clean = clean(results.authservId());
    String id = isAsciiToken(clean) ? clean : quoted(clean);
    boolean usual = results.version() == AuthenticationResults.VERSION;
    return usual ? id : id + " " + results.version();
  }

  /** Each result as the words that a fold may stand between. */
  private static List<List<String>> statements(AuthenticationResults results) {
    return results.results().isEmpty()
        ? List.of(List.of("none"))
        : results.results().stream().map(ResultsWriter::words).toList();
  }

  private static List<String> words(MethodResult result) {
    List<String> words = new ArrayList<>();
    boolean usual = result.version() == MethodResult.VERSION;
    String method = keyword(result.method()) + (usual ? "" : "/" + result.version());
    words.add(method + "=" + keyword(result.result()));
    result.reason().ifPresent(reason -> words.add("reason=" + quoted(clean(reason))));
    for (Property property : result.properties()) {
      String name = keyword(property.ptype()) + "." + keyword(property.name());
      words.add(name + "=" + valueOf(property.value()));
    }
    return words;
  }

  private static String keyword(String word) {
    if (!Keywords.isKeyword(word)) {
      throw new IllegalArgumentException("not a keyword of RFC 8601: \"" + word + "\"");
    }
    return word;
  }

  /** RFC 8601 §2.2: a token, a domain or an address as it is, anything else in quotes. */
  private static String valueOf(String value) {
    String clean = clean(value);
    return isPlain(clean) ? clean : quoted(clean);
  }

  /** {@code token / [ [ local-part ] "@" ] domain-name}, as far as ASCII goes. */
  private static boolean isPlain(String text) {
    int at = text.indexOf('@');
    String rest = at < 0 ? text : text.substring(0, at) + text.substring(at + 1);
    boolean whole = !text.isEmpty() && at < text.length() - 1;
    return whole && isAsciiToken(rest);
  }

  private static boolean isAsciiToken(String text) {
    return text.chars().allMatch(c -> c < 0x7f && FieldCursor.isToken((char) c));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Without what could be taken for the field's own structure, and not too long. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    int octets = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      int kept = isFit(c) ? c : '?';
      octets += kept < 0x80 ? 1 : kept < 0x800 ? 2 : kept < 0x10000 ? 3 : 4;
      if (octets > MAX_VALUE) {
        return clean.append(CUT).toString();
      }
      clean.appendCodePoint(kept);
    }
    return clean.toString();
  }

  private static boolean isFit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> c != ';' && c != '(' && c != ')';
    };
  }
}
