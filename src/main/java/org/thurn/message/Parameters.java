package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parameters of a Content-Type or Content-Disposition.
 *
 * @param written in their order, as written: continuations and language tags of RFC 2231 not joined
 *     (the form that BODYSTRUCTURE tells)
 */
public record Parameters(List<Parameter> written) {
  private static final Parameters NONE = new Parameters(List.of());
  private static final int MAX = 500;

  /**
   * One parameter.
   *
   * @param name in lower case, with RFC 2231's asterisks
   * @param value without its quotes
   */
  public record Parameter(String name, String value) {}

  public Parameters {
    written = List.copyOf(written);
  }

  /** Name, value, name, value, … */
  public static Parameters of(String... pairs) {
    List<Parameter> list = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      list.add(new Parameter(pairs[i].toLowerCase(Locale.ROOT), pairs[i + 1]));
    }
    return new Parameters(list);
  }

  /** Parses {@code *(";" parameter)}; what is no parameter is skipped. */
  static Parameters parse(FieldCursor cursor) {
    cursor.skipCfws();
    if (cursor.atEnd()) {
      return NONE;
    }
    List<Parameter> list = new ArrayList<>();
    while (!cursor.atEnd() && list.size() < MAX) {
      cursor.until(';');
      cursor.take(';');
      String name = cursor.token().toLowerCase(Locale.ROOT);
      cursor.skipCfws();
      if (!name.isEmpty() && cursor.take('=')) {
        list.add(new Parameter(name, value(cursor)));
      }
    }
    return new Parameters(list);
  }

  /** {@code token / quoted-string}; real mail also has bare text with spaces and specials. */
  private static String value(FieldCursor cursor) {
    cursor.skipCfws();
    if (cursor.peek() == '"') {
      StringBuilder value = new StringBuilder();
      cursor.quotedString(value);
      return value.toString();
    }
    int start = cursor.position();
    String token = cursor.token();
    cursor.skipCfws();
    if (cursor.atEnd() || cursor.peek() == ';') {
      return token;
    }
    cursor.position(start);
    return cursor.until(';');
  }

  /** The value of a name, continuations joined, charset and encoding undone (RFC 2231). */
  public Optional<String> get(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    Optional<String> plain = find(key);
    if (find(key + "*").isPresent() || find(key + "*0").isPresent()) {
      return Optional.of(extended(key));
    }
    if (find(key + "*0*").isPresent()) {
      return Optional.of(extended(key));
    }
    // not allowed by RFC 2047 §5, but what half of the world's senders do
    return plain.map(value -> value.contains("=?") ? EncodedWords.decode(value) : value);
  }

  private Optional<String> find(String name) {
    for (Parameter parameter : written) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  /** Joins {@code name*}, or {@code name*0}, {@code name*1*}, … as far as they go. */
  private String extended(String name) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    String charset = "";
    Optional<String> single = find(name + "*");
    for (int i = 0; i < MAX; i++) {
      Optional<String> encoded = single.isPresent() ? single : find(name + "*" + i + "*");
      Optional<String> section = encoded.isPresent() ? encoded : find(name + "*" + i);
      if (section.isEmpty()) {
        break;
      }
      String value = section.get();
      int quote = value.indexOf('\'');
      int second = value.indexOf('\'', quote + 1);
      if (i == 0 && encoded.isPresent() && quote >= 0 && second >= 0) {
        charset = value.substring(0, quote);
        value = value.substring(second + 1);
      }
      append(octets, value, encoded.isPresent());
      if (single.isPresent()) {
        break;
      }
    }
    return Charsets.decode(charset, octets.toByteArray());
  }

  private static void append(ByteArrayOutputStream out, String value, boolean encoded) {
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = encoded && raw[i] == '%' && i + 2 < raw.length ? Hex.digit(raw[i + 1]) : -1;
      int low = high >= 0 ? Hex.digit(raw[i + 2]) : -1;
      out.write(low >= 0 ? high << 4 | low : raw[i]);
      i += low >= 0 ? 2 : 0;
    }
  }
}
