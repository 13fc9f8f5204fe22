package org.thurn.tls.dane;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.Domain;

/**
 * Looks for the TLSA records of a host, RFC 7672 §2.2.2. Whether the host's own name is proven (its
 * MX record signed) is not asked here: the RFC leaves to the sender what it makes of that (§2.2.1).
 *
 * @param resolver asked for everything; wrapped by those who want to note the answers
 */
public record DaneLookup(Resolver resolver) {
  /** Asks for the addresses as well. */
  public DaneStatus at(Domain host, int port) {
    return at(host, port, Addresses.of(resolver, DnsName.of(host)));
  }

  /**
   * At most three questions.
   *
   * @param addresses what the DNS said of this host's addresses
   */
  public DaneStatus at(Domain host, int port, Addresses addresses) {
    Optional<Answer> broken = broken(addresses);
    if (broken.isPresent()) {
      return new DaneStatus.Failed(broken.get());
    }
    List<Answer> found = both(addresses).filter(Answer::found).toList();
    if (found.isEmpty()) {
      return new DaneStatus.Absent("the host has no address");
    }
    DnsName original = DnsName.of(host);
    Optional<Answer> secure =
        found.stream().filter(answer -> answer.security() == Security.SECURE).findFirst();
    if (secure.isPresent()) {
      DnsName expanded = secure.get().canonicalName();
      return expanded.equals(original) ? search(port, original) : search(port, expanded, original);
    }
    boolean alias = found.stream().anyMatch(answer -> !answer.canonicalName().equals(original));
    return alias ? ofAlias(original, port) : unsigned();
  }

  private static Stream<Answer> both(Addresses addresses) {
    return Stream.of(addresses.a(), addresses.aaaa());
  }

  /**
   * A family that fails is not used, and does no harm if the other one is there. Forged records are
   * another matter: of such a host nothing is believed.
   */
  private static Optional<Answer> broken(Addresses addresses) {
    return both(addresses)
        .filter(
            answer ->
                answer.security() == Security.BOGUS || (addresses.failed() && answer.failed()))
        .findFirst();
  }

  private static DaneStatus unsigned() {
    return new DaneStatus.Absent("the host's addresses are not signed");
  }

  /**
   * A signed alias of a host in an unsigned zone: the owner of the alias may say which key that
   * host has, and then nobody needs to trust its addresses.
   */
  private DaneStatus ofAlias(DnsName original, int port) {
    Answer alias = resolver.ask(original, RecordType.CNAME);
    if (alias.failed()) {
      return new DaneStatus.Failed(alias);
    }
    return alias.found() && alias.security() == Security.SECURE
        ? search(port, original)
        : unsigned();
  }

  /** The first base domain with signed records counts, whether or not they are usable. */
  private DaneStatus search(int port, DnsName... bases) {
    boolean unsigned = false;
    for (DnsName base : bases) {
      Optional<DnsName> owner = TlsaData.owner(base, port);
      if (owner.isEmpty()) {
        continue;
      }
      Answer answer = resolver.ask(owner.get(), RecordType.TLSA);
      if (answer.failed()) {
        return new DaneStatus.Failed(answer);
      }
      if (answer.found() && answer.security() == Security.SECURE) {
        return judged(answer.all(RecordData.Tlsa.class).toList(), base);
      }
      unsigned |= answer.found();
    }
    return new DaneStatus.Absent(
        unsigned ? "the host's TLSA records are not signed" : "the host has no TLSA record");
  }

  private static DaneStatus judged(List<RecordData.Tlsa> records, DnsName base) {
    List<RecordData.Tlsa> usable = UsableRecords.of(records);
    return usable.isEmpty()
        ? new DaneStatus.Unusable(records, base, UsableRecords.why(records))
        : new DaneStatus.Usable(usable, base);
  }
}
