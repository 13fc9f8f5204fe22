package org.thurn.lab.page;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.thurn.dns.Served;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.server.Inside;

/**
 * What the page can see.
 *
 * @param sites the domains in the order of the map
 * @param questions the last questions to the lab's DNS
 */
public record LabView(List<Site> sites, Supplier<List<Served>> questions) {
  public LabView {
    sites = List.copyOf(sites);
  }

  /** One domain: who it is, where it lives, and its rooms. */
  public record Site(
      Domain domain,
      Domain host,
      InetAddress address,
      String character,
      List<Mailbox> accounts,
      Inside inside) {
    public Site {
      accounts = List.copyOf(accounts);
    }
  }
}
