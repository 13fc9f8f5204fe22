package org.thurn.lab.page;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.dns.Served;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.scenario.Director;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.server.Inside;

/**
 * What the page can see.
 *
 * @param sites the domains in the order of the map
 * @param questions the last questions to the lab's DNS, newest last
 * @param director plays scenarios; empty where there is nobody to play them
 * @param attacks plays attacks on the wire, likewise
 */
public record LabView(
    List<Site> sites,
    Supplier<List<Served>> questions,
    Optional<Director> director,
    Optional<Attacks> attacks) {
  public LabView {
    sites = List.copyOf(sites);
  }

  /** Without scenarios and attacks. */
  public LabView(List<Site> sites, Supplier<List<Served>> questions) {
    this(sites, questions, Optional.empty(), Optional.empty());
  }

  /**
   * One domain: who it is, where it lives, and its rooms.
   *
   * @param character what it is like, one sentence
   * @param defences a few words each: {@code DNSSEC}, {@code SPF -all}
   */
  public record Site(
      Domain domain,
      Domain host,
      InetAddress address,
      String character,
      List<String> defences,
      List<Mailbox> accounts,
      Inside inside) {
    public Site {
      defences = List.copyOf(defences);
      accounts = List.copyOf(accounts);
    }

    /** A domain of which no defence is told. */
    public Site(
        Domain domain,
        Domain host,
        InetAddress address,
        String character,
        List<Mailbox> accounts,
        Inside inside) {
      this(domain, host, address, character, List.of(), accounts, inside);
    }
  }
}
