package org.thurn.dns;

import java.util.Set;

/**
 * Who may change zones by dynamic update.
 *
 * @param key what signs the updates
 * @param zones which it may change
 */
public record UpdateGrant(TsigKey key, Set<DnsName> zones) {
  public UpdateGrant {
    zones = Set.copyOf(zones);
  }
}
