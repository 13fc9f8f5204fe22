package org.thurn.net.http;

import java.util.regex.Pattern;

/**
 * A field of a request or an answer, RFC 9110 §5.
 *
 * @param name a token; its case does not matter
 * @param value without white space around it
 */
public record HttpField(String name, String value) {
  /** RFC 9110 §5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** RFC 9110 §5.5: no control character but the tab. */
  private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");

  public HttpField {
    if (!isToken(name) || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a field");
    }
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** RFC 9112 §5: the colon follows the name at once, and no line is folded. */
  static HttpField parse(String line) throws HttpException {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new HttpException("a line of the answer's header is no field");
    }
    String value = line.substring(colon + 1).strip();
    try {
      return new HttpField(line.substring(0, colon), value);
    } catch (IllegalArgumentException e) {
      throw new HttpException("a line of the answer's header is no field");
    }
  }
}
