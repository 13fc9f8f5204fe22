package org.thurn.name;

import java.net.InetAddress;

/** Addresses from digits alone: no text given here ever becomes a question to a resolver. */
public final class IpAddress {
  private IpAddress() {}

  /** Parses a dotted-quad IPv4 or an RFC 4291 IPv6 address, without scope or brackets. */
  public static InetAddress parse(String digits) throws NameSyntaxException {
    boolean shaped =
        digits.indexOf('%') < 0
            && digits.length() <= 45
            && digits.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    if (shaped) {
      try {
        return InetAddress.ofLiteral(digits);
      } catch (IllegalArgumentException e) {
        throw new NameSyntaxException("not an IP address: " + Shown.of(digits));
      }
    }
    throw new NameSyntaxException("not an IP address: " + Shown.of(digits));
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
