package org.thurn.queue;

import org.thurn.name.Host;
import org.thurn.name.Mailbox;

/** Who carries a recipient on. */
public sealed interface Destination {
  /** A mailbox of this server: {@code delivery} carries it. */
  record Local(Mailbox account, String detail) implements Destination {}

  /** Another host: {@code transfer.relay} carries it; recipients of one host go together. */
  record Remote(Host host) implements Destination {}
}
