package org.thurn.sasl;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The comma-separated attributes of a SCRAM message, RFC 5802 §5.1, in their order.
 *
 * @param attributes one letter and its value each
 */
record ScramMessage(List<Attribute> attributes) {
  record Attribute(char name, String value) {}

  /** {@code attr-val *("," attr-val)}, or empty where the text is not that. */
  static Optional<ScramMessage> parse(String text) {
    List<Attribute> attributes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.length() < 2 || part.charAt(1) != '=' || !isAlpha(part.charAt(0))) {
        return Optional.empty();
      }
      attributes.add(new Attribute(part.charAt(0), part.substring(2)));
    }
    return Optional.of(new ScramMessage(List.copyOf(attributes)));
  }

  private static boolean isAlpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The value at {@code index} if it is {@code name}'s: the order is fixed. */
  Optional<String> at(int index, char name) {
    return index < attributes.size() && attributes.get(index).name() == name
        ? Optional.of(attributes.get(index).value())
        : Optional.empty();
  }

  /** The last value, if it is {@code name}'s: a proof follows any extensions. */
  Optional<String> last(char name) {
    return at(attributes.size() - 1, name);
  }

  /** {@code printable = %x21-2B / %x2D-7E}: what nonces are made of. */
  static boolean isNonce(String text) {
    return !text.isEmpty()
        && text.length() <= 512
        && text.chars().allMatch(c -> c >= 0x21 && c <= 0x7e && c != ',');
  }

  /** {@code saslname}: a comma is {@code =2C}, an equals sign {@code =3D}, no other escapes. */
  static Optional<String> saslname(String text) {
    String rest = text.replace("=2C", "").replace("=3D", "");
    return text.isEmpty() || rest.indexOf('=') >= 0
        ? Optional.empty()
        : Optional.of(text.replace("=2C", ",").replace("=3D", "="));
  }

  /** The other way. */
  static String escaped(String name) {
    return name.replace("=", "=3D").replace(",", "=2C");
  }

  static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
