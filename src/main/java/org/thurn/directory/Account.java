package org.thurn.directory;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.thurn.name.Mailbox;

/**
 * Somebody who has a mailbox here and may log in.
 *
 * @param address canonical: the local part in lower case
 * @param quota octets, where it differs from the domain's
 * @param grants addresses beside its own that it may send as
 */
public record Account(Mailbox address, OptionalLong quota, Set<Mailbox> grants, Instant created) {
  public Account {
    grants = Set.copyOf(grants);
  }
}
