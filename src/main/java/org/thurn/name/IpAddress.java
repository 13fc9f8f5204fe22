package org.thurn.name;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Addresses from digits alone: no text given here ever becomes a question to a resolver. */
public final class IpAddress {
  private static final Pattern SHAPE =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private IpAddress() {}

  /** Parses a dotted-quad IPv4 or an RFC 4291 IPv6 address, without scope or brackets. */
  public static InetAddress parse(String digits) throws NameSyntaxException {
    boolean shaped =
        digits.indexOf('%') < 0 && digits.length() <= 45 && SHAPE.matcher(digits).matches();
    if (shaped) {
      try {
        return InetAddress.ofLiteral(digits);
      } catch (IllegalArgumentException e) {
        throw new NameSyntaxException("not an IP address: " + Shown.of(digits));
      }
    }
    throw new NameSyntaxException("not an IP address: " + Shown.of(digits));
  }

  /** The text form that RFC 5952 recommends, without scope: {@code 2001:db8::1}. */
  public static String format(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int start = 8;
    int length = 1; // RFC 5952 §4.2.2: a single group of zeros is not shortened
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        boolean colon = i > 0 && i != start + length;
        text.append(colon ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** For addresses that are known to be right; anything else is a bug and unchecked. */
  public static InetAddress of(String digits) {
    try {
      return parse(digits);
    } catch (NameSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
