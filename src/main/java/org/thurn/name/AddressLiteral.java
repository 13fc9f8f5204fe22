package org.thurn.name;

import java.net.InetAddress;
import java.util.Locale;

/**
 * An address literal, {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). General
 * address literals of other tags are refused: none is registered.
 *
 * @param address the address inside the brackets
 */
public record AddressLiteral(InetAddress address) implements Host {
  private static final String IPV6 = "ipv6:";

  /** Parses the literal with its brackets. */
  public static AddressLiteral parse(String text) throws NameSyntaxException {
    if (text.length() < 3 || !text.startsWith("[") || !text.endsWith("]")) {
      throw new NameSyntaxException("not an address literal: " + Shown.of(text));
    }
    String inner = text.substring(1, text.length() - 1);
    boolean six = inner.toLowerCase(Locale.ROOT).startsWith(IPV6);
    String digits = six ? inner.substring(IPV6.length()) : inner;
    if (six != digits.contains(":")) {
      throw new NameSyntaxException("not an address literal: " + Shown.of(text));
    }
    return new AddressLiteral(IpAddress.parse(digits));
  }

  @Override
  public String ascii() {
    String digits = IpAddress.format(address);
    return digits.contains(":") ? "[IPv6:" + digits + "]" : "[" + digits + "]";
  }

  @Override
  public String toString() {
    return ascii();
  }
}
