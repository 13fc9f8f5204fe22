package org.thurn.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;

/**
 * A network: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address.
 *
 * @param address any address of it
 * @param prefix how many leading bits must agree
 */
public record IpNetwork(InetAddress address, int prefix) {
  public IpNetwork {
    if (prefix < 0 || prefix > address.getAddress().length * 8) {
      throw new IllegalArgumentException("no such prefix: " + address + "/" + prefix);
    }
  }

  /** Parses {@code address["/"prefix]}. */
  public static IpNetwork parse(String text) throws NameSyntaxException {
    int slash = text.indexOf('/');
    InetAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    String prefix = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
    if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > bits) {
      throw new NameSyntaxException("not a network: " + text);
    }
    return new IpNetwork(address, Integer.parseInt(prefix));
  }

  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    return ours.length == theirs.length
        && Arrays.equals(masked(ours, prefix), masked(theirs, prefix));
  }

  /** What counts as one host: an IPv4 address; of IPv6 a /64, from which a host may take any. */
  public static IpNetwork ofHost(InetAddress address) {
    return around(address, address instanceof Inet6Address ? 64 : 32);
  }

  /** The network of this address with so many bits. */
  private static IpNetwork around(InetAddress address, int prefix) {
    try {
      return new IpNetwork(InetAddress.getByAddress(masked(address.getAddress(), prefix)), prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] masked(byte[] octets, int prefix) {
    byte[] masked = octets.clone();
    for (int i = 0; i < masked.length; i++) {
      int bits = Math.clamp(prefix - i * 8L, 0, 8);
      masked[i] &= (byte) (0xff << (8 - bits));
    }
    return masked;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
