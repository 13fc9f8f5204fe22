package org.thurn.transfer.posture;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Ptr;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/** The addresses of a host that takes mail, and what they are called in turn. */
record AddressCheck(Means means, Domain host) implements Check {
  /** Names of one address that are looked at. */
  private static final int MAX_NAMES = 10;

  @Override
  public Topic topic() {
    return Topic.ADDRESS;
  }

  @Override
  public String about() {
    return host.ascii();
  }

  @Override
  public List<Observation> look() {
    DnsName name = DnsName.of(host);
    Addresses addresses = Addresses.of(means.resolver(), name);
    List<Observation> found = new ArrayList<>();
    found.add(address(name, addresses).at(host.ascii()));
    means
        .some(addresses)
        .forEach(
            address -> found.add(reverse(address).at(host.ascii(), IpAddress.format(address))));
    if (means.settings().validating() && !addresses.all().isEmpty()) {
      found.add(dnssec(addresses).at(host.ascii()));
    }
    return found;
  }

  private static Observation address(DnsName name, Addresses addresses) {
    if (addresses.failed()) {
      return Means.failed(Topic.ADDRESS, addresses.a().failed() ? addresses.a() : addresses.aaaa());
    }
    List<InetAddress> all = addresses.all();
    if (all.isEmpty()) {
      return Observation.bad(
          Topic.ADDRESS,
          "no address: no mail can go there",
          "Give the host an A or AAAA record, or take it out of the MX.");
    }
    DnsName canonical = addresses.a().canonicalName();
    if (!canonical.equals(name)) {
      return Observation.bad(
          Topic.ADDRESS,
          "an alias (CNAME) of " + canonical.text(),
          "Name the host itself in the MX: RFC 5321 §5.1 allows no alias there, and some senders"
              + " do not follow it.");
    }
    boolean six = all.stream().anyMatch(Inet6Address.class::isInstance);
    boolean four = all.stream().anyMatch(a -> !(a instanceof Inet6Address));
    String list = all.stream().map(IpAddress::format).sorted().collect(Collectors.joining(", "));
    return four
        ? Observation.good(Topic.ADDRESS, list + (six ? "" : "; no IPv6"))
        : Observation.warn(
            Topic.ADDRESS,
            list + "; no IPv4",
            "Give it an IPv4 address, too: many senders have no IPv6.");
  }

  /** Forward-confirmed: the address has a name that has the address (RFC 8601 §3). */
  private Observation reverse(InetAddress address) {
    Answer answer = means.ask(DnsName.reverse(address), RecordType.PTR);
    if (answer.failed()) {
      return Means.failed(Topic.REVERSE, answer);
    }
    List<DnsName> names = answer.all(Ptr.class).map(Ptr::name).limit(MAX_NAMES).toList();
    for (DnsName name : names) {
      if (Addresses.of(means.resolver(), name).all().contains(address)) {
        return Observation.good(Topic.REVERSE, name.text() + ", which leads back to it");
      }
    }
    String text =
        names.isEmpty()
            ? "the address has no name"
            : names.getFirst().text() + ", which does not lead back to the address";
    return Observation.warn(
        Topic.REVERSE,
        text,
        "Have whoever gave you the address set its PTR record to the host's name: many refuse mail"
            + " that comes from addresses without.");
  }

  private static Observation dnssec(Addresses addresses) {
    return addresses.secure()
        ? Observation.good(Topic.DNSSEC, "its addresses are signed")
        : Observation.warn(
            Topic.DNSSEC,
            "its addresses are not signed",
            "Sign the host's zone: without, DANE cannot protect mail to it.");
  }

  /** What DNSSEC says of the domain itself. */
  record OfDomain(Means means, Domain domain) implements Check {
    @Override
    public Topic topic() {
      return Topic.DNSSEC;
    }

    @Override
    public List<Observation> look() {
      if (!means.settings().validating()) {
        return List.of(
            Observation.unknown(
                Topic.DNSSEC,
                "signatures were not looked at",
                "Give --trust-anchor with the root's DS or DNSKEY records."));
      }
      Answer answer = means.ask(DnsName.of(domain), RecordType.SOA);
      if (answer.failed()) {
        return List.of(Means.failed(Topic.DNSSEC, answer));
      }
      return List.of(
          answer.security() == Security.SECURE
              ? Observation.good(Topic.DNSSEC, "the domain is signed")
              : Observation.warn(
                  Topic.DNSSEC,
                  "the domain is not signed",
                  "Sign it and have its parent publish the DS: else an attacker can forge every"
                      + " record that is told here."));
    }
  }
}
