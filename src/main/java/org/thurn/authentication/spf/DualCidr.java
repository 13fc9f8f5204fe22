package org.thurn.authentication.spf;

/**
 * {@code dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]}, RFC 7208 §5.3: how many
 * leading bits must agree, for each family of addresses.
 */
public record DualCidr(int ip4, int ip6) {
  static final int WHOLE_IP4 = 32;
  static final int WHOLE_IP6 = 128;

  /** The whole address must agree. */
  public static final DualCidr WHOLE = new DualCidr(WHOLE_IP4, WHOLE_IP6);

  @Override
  public String toString() {
    return (ip4 == WHOLE_IP4 ? "" : "/" + ip4) + (ip6 == WHOLE_IP6 ? "" : "//" + ip6);
  }
}
