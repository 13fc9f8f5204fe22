package org.thurn.dns;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Between our names and dnsjava's. */
final class WireNames {
  private WireNames() {}

  /** Empty if the DNS cannot carry such a name: an empty label, or one of more than 63 octets. */
  static Optional<Name> toWire(DnsName name) {
    try {
      return Optional.of(Name.fromString(name.text() + "."));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  /** Fails for a name that can only be written with too many escapes. */
  static DnsName fromWire(Name name) {
    return new DnsName(name.toString(true).equals(".") ? "" : name.toString(true));
  }
}
