package org.thurn.authentication.spf;

import java.util.Optional;
import org.thurn.name.IpAddress;
import org.thurn.net.IpNetwork;

/** What a client may match, RFC 7208 §5. Printed, it is the mechanism in its plainest spelling. */
public sealed interface Mechanism {
  /** RFC 7208 §5.1. */
  record All() implements Mechanism {
    @Override
    public String toString() {
      return "all";
    }
  }

  /** RFC 7208 §5.2. */
  record Include(DomainSpec target) implements Mechanism {
    @Override
    public String toString() {
      return "include:" + target;
    }
  }

  /** RFC 7208 §5.3; without a target it is the record's own domain. */
  record A(Optional<DomainSpec> target, DualCidr cidr) implements Mechanism {
    @Override
    public String toString() {
      return "a" + argument(target) + cidr;
    }
  }

  /** RFC 7208 §5.4; without a target it is the record's own domain. */
  record Mx(Optional<DomainSpec> target, DualCidr cidr) implements Mechanism {
    @Override
    public String toString() {
      return "mx" + argument(target) + cidr;
    }
  }

  /** RFC 7208 §5.5; without a target it is the record's own domain. */
  record Ptr(Optional<DomainSpec> target) implements Mechanism {
    @Override
    public String toString() {
      return "ptr" + argument(target);
    }
  }

  /** RFC 7208 §5.6. */
  record Ip4(IpNetwork network) implements Mechanism {
    @Override
    public String toString() {
      return "ip4:" + shown(network, 32);
    }
  }

  /** RFC 7208 §5.6; the network's address is always an {@link java.net.Inet6Address}. */
  record Ip6(IpNetwork network) implements Mechanism {
    @Override
    public String toString() {
      return "ip6:" + shown(network, 128);
    }
  }

  /** RFC 7208 §5.7. */
  record Exists(DomainSpec target) implements Mechanism {
    @Override
    public String toString() {
      return "exists:" + target;
    }
  }

  /** Whether it asks the DNS, RFC 7208 §4.6.4. */
  default boolean looksUp() {
    return switch (this) {
      case All _, Ip4 _, Ip6 _ -> false;
      case Include _, A _, Mx _, Ptr _, Exists _ -> true;
    };
  }

  /** The domain that it names, if it names one. */
  default Optional<DomainSpec> named() {
    return switch (this) {
      case All _, Ip4 _, Ip6 _ -> Optional.empty();
      case Include(DomainSpec spec) -> Optional.of(spec);
      case Exists(DomainSpec spec) -> Optional.of(spec);
      case A(Optional<DomainSpec> spec, DualCidr _) -> spec;
      case Mx(Optional<DomainSpec> spec, DualCidr _) -> spec;
      case Ptr(Optional<DomainSpec> spec) -> spec;
    };
  }

  private static String argument(Optional<DomainSpec> target) {
    return target.map(spec -> ":" + spec).orElse("");
  }

  private static String shown(IpNetwork network, int whole) {
    String address = IpAddress.format(network.address());
    return network.prefix() == whole ? address : address + "/" + network.prefix();
  }
}
