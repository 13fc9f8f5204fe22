package org.thurn.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code xtext} of RFC 3461 §4, for the values of ENVID, ORCPT and AUTH. */
public final class Xtext {
  private static final Pattern EMBEDDED_UNICODE = Pattern.compile("\\\\x\\{([0-9A-F]{2,6})}");

  private Xtext() {}

  /**
   * {@code xtext = *( xchar / hexchar )}, RFC 3461 §4; with UTF-8 as RFC 6533 §3 widens it.
   *
   * @return empty if it is none, or hides a control character
   */
  static Optional<String> decode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      int octet = encoded[i];
      if (octet == '+') {
        if (i + 2 >= encoded.length) {
          return Optional.empty();
        }
        int high = hexDigit(encoded[i + 1]);
        int low = hexDigit(encoded[i + 2]);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        octet = high << 4 | low;
        i += 2;
      } else if (octet >= 0 && (octet < '!' || octet > '~' || octet == '=')) {
        return Optional.empty();
      }
      // what is decoded goes into notifications, as header text: no line may end there
      if (octet >= 0 && (octet < ' ' || octet == 0x7f)) {
        return Optional.empty();
      }
      octets.write(octet);
    }
    return utf8(octets.toByteArray());
  }

  /** {@code hexchar = "+" 2(%x30-39 / %x41-46)}: upper case only. */
  private static int hexDigit(byte octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    return octet >= 'A' && octet <= 'F' ? octet - 'A' + 10 : -1;
  }

  private static Optional<String> utf8(byte[] octets) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException e) {
      // octets that are no text are no address and no identifier
      return Optional.empty();
    }
  }

  /**
   * {@code original-recipient-address = addr-type ";" xtext}, RFC 3461 §4.2; an address of type
   * utf-8 may spell its characters as backslash, x and the code in braces (RFC 6533 §3).
   */
  static Optional<String> decodeOrcpt(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 1 || !text.substring(0, semicolon).matches("[A-Za-z0-9-]+")) {
      return Optional.empty();
    }
    String type = text.substring(0, semicolon);
    return decode(text.substring(semicolon + 1))
        .map(address -> type.equalsIgnoreCase("utf-8") ? unicode(address) : address)
        .map(address -> type + ";" + address);
  }

  private static String unicode(String address) {
    Matcher matcher = EMBEDDED_UNICODE.matcher(address);
    return matcher.replaceAll(
        match -> {
          int codePoint = Integer.parseInt(match.group(1), 16);
          boolean text =
              Character.isValidCodePoint(codePoint) && !Character.isISOControl(codePoint);
          return Matcher.quoteReplacement(text ? Character.toString(codePoint) : match.group());
        });
  }

  /** The value as {@code xtext}. */
  public static String encode(String value) {
    StringBuilder text = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      // xchar = any ASCII between "!" and "~" except "+" and "="
      if (octet >= '!' && octet <= '~' && octet != '+' && octet != '=') {
        text.append((char) octet);
      } else {
        text.append(String.format(Locale.ROOT, "+%02X", octet & 0xff));
      }
    }
    return text.toString();
  }

  /** An ORCPT value: the address type stays bare, the address is encoded. */
  public static String encodeOrcpt(String value) {
    int semicolon = value.indexOf(';');
    String type = value.substring(0, Math.max(semicolon, 0));
    String address = value.substring(semicolon + 1);
    if (address.chars().allMatch(c -> c < 0x80)) {
      return (type.isEmpty() ? "rfc822" : type) + ";" + encode(address);
    }
    // utf-8-addr-xtext of RFC 6533 §3 passes every server, with SMTPUTF8 or without
    StringBuilder text = new StringBuilder("utf-8;");
    address
        .codePoints()
        .forEach(
            c -> {
              boolean qchar = c >= '!' && c <= '~' && c != '+' && c != '=' && c != '\\';
              String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
              text.append(qchar ? Character.toString(c) : "\\x{" + hex + "}");
            });
    return text.toString();
  }
}
