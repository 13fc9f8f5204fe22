package org.thurn.lab.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of an {@code application/x-www-form-urlencoded} body; of equal names the first. */
record Form(Map<String, String> fields) {
  private static final int MAX_FIELDS = 20;

  Form {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads the body.
   *
   * @throws IllegalArgumentException if it is no such form
   */
  static Form parse(byte[] body) {
    String text = new String(body, StandardCharsets.US_ASCII);
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0 || fields.size() == MAX_FIELDS) {
        throw new IllegalArgumentException("not a form");
      }
      fields.putIfAbsent(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
    }
    return new Form(fields);
  }

  /** The field's text, empty if it is not there. */
  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
