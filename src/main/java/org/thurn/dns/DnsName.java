package org.thurn.dns;

import java.net.InetAddress;
import org.thurn.name.Domain;

/**
 * An owner name of the DNS: unlike a {@link Domain} it may hold underscores and be the root.
 *
 * @param text lower case, labels joined by dots, without the final dot; the root is empty
 */
public record DnsName(String text) {
  /** The name that ends every name. */
  public static final DnsName ROOT = new DnsName("");

  public DnsName {
    if (text.length() > 253 || text.endsWith(".") || text.startsWith(".")) {
      throw new IllegalArgumentException("not a DNS name: " + text);
    }
    text = text.toLowerCase(java.util.Locale.ROOT);
  }

  public static DnsName of(Domain domain) {
    return new DnsName(domain.ascii());
  }

  /** This name under further labels: {@code of(mx).under("_25", "_tcp")}. */
  public DnsName under(String... labels) {
    String prefix = String.join(".", labels);
    return new DnsName(text.isEmpty() ? prefix : prefix + "." + text);
  }

  /** The name of an address's PTR record: RFC 1035 §3.5, RFC 3596 §2.5. */
  public static DnsName reverse(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == 4) {
        name.append(octet).append('.');
      } else {
        name.append(Character.forDigit(octet & 15, 16)).append('.');
        name.append(Character.forDigit(octet >> 4, 16)).append('.');
      }
    }
    return new DnsName(name.append(octets.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString());
  }

  public boolean isRoot() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text + ".";
  }
}
