package org.thurn.transfer.relay;

import java.util.List;
import org.thurn.queue.Outcome;

/** Where a destination's mail goes, or why it goes nowhere. */
sealed interface NextHops {
  /**
   * Hosts in the order in which to try them.
   *
   * @param implicit whether the only host is the domain itself, for want of an MX record
   * @param proven whether nobody can have put another host in (see {@code TlsPolicy})
   */
  record Hosts(List<Hop> hops, boolean implicit, boolean proven) implements NextHops {
    public Hosts {
      hops = List.copyOf(hops);
    }
  }

  /** Nowhere: now, or ever. */
  record Nowhere(Outcome outcome) implements NextHops {}
}
