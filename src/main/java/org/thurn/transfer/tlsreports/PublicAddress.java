package org.thurn.transfer.tlsreports;

import java.net.InetAddress;
import java.util.List;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.IpNetwork;

/**
 * Which addresses belong to hosts of the public internet: any domain's record names where we post
 * to, and must not have us talk to servers that only we can reach.
 */
final class PublicAddress {
  /** RFC 6890 and what came after, apart from what {@link InetAddress} itself knows. */
  private static final List<IpNetwork> OTHERS =
      List.of(
          network("0.0.0.0/8"),
          network("100.64.0.0/10"),
          network("192.0.0.0/24"),
          network("198.18.0.0/15"),
          network("240.0.0.0/4"),
          network("64:ff9b::/96"),
          network("64:ff9b:1::/48"),
          network("100::/64"),
          network("2002::/16"),
          network("fc00::/7"),
          network("::/96"));

  private PublicAddress() {}

  private static IpNetwork network(String text) {
    try {
      return IpNetwork.parse(text);
    } catch (NameSyntaxException e) {
      throw new IllegalStateException(text, e);
    }
  }

  static boolean is(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress()
        && OTHERS.stream().noneMatch(network -> network.contains(address));
  }
}
