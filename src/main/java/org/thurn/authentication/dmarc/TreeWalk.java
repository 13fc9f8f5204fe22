package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dmarc.Discovered.Found;

/** The DNS Tree Walk of RFC 9989 §4.10, from one domain up. */
final class TreeWalk {
  /** How many questions one walk may ask, whatever the number of labels. */
  static final int MAX_QUESTIONS = 8;

  private TreeWalk() {}

  static Discovered from(DomainName domain, Questions questions) {
    List<Found> found = new ArrayList<>();
    Optional<DomainName> target = Optional.of(domain);
    try {
      while (target.isPresent()) {
        DomainName at = target.get();
        Optional<DmarcRecord> record = questions.record(at);
        record.ifPresent(r -> found.add(new Found(at, r)));
        boolean ends = record.isPresent() && record.get().psd() != PsdTag.UNKNOWN;
        target = ends ? Optional.empty() : next(at);
      }
    } catch (DnsFailure e) {
      // The domain's own record, if we have it, applies whatever is above.
      Optional<Found> own = found.stream().filter(f -> f.at().equals(domain)).findFirst();
      return new Discovered(
          domain, DiscoveryMethod.TREEWALK, Optional.empty(), own, Optional.of(e.reason()));
    }
    DomainName organization = organization(domain, found);
    return new Discovered(
        domain,
        DiscoveryMethod.TREEWALK,
        Optional.of(organization),
        policy(domain, organization, found),
        Optional.empty());
  }

  /** Steps 4 and 7: one label less, or all but seven at once. */
  private static Optional<DomainName> next(DomainName at) {
    return at.labels() < MAX_QUESTIONS ? at.parent() : Optional.of(at.rightmost(MAX_QUESTIONS - 1));
  }

  /** RFC 9989 §4.10.2; what was found stands from the longest name to the shortest. */
  private static DomainName organization(DomainName domain, List<Found> found) {
    for (Found each : found) {
      switch (each.record().psd()) {
        case NO -> {
          return each.at();
        }
        case YES -> {
          if (!each.at().equals(domain)) {
            return domain.rightmost(each.at().labels() + 1);
          }
        }
        case UNKNOWN -> {}
      }
    }
    return found.isEmpty() ? domain : found.getLast().at();
  }

  /** RFC 9989 §4.10.1: the domain's own record, its organization's, its public suffix's. */
  private static Optional<Found> policy(
      DomainName domain, DomainName organization, List<Found> found) {
    Optional<Found> own = at(domain, found);
    Optional<Found> organizations = at(organization, found);
    Optional<Found> suffixes =
        found.stream().filter(f -> f.record().psd() == PsdTag.YES).findFirst();
    return own.or(() -> organizations).or(() -> suffixes);
  }

  private static Optional<Found> at(DomainName domain, List<Found> found) {
    return found.stream().filter(f -> f.at().equals(domain)).findFirst();
  }
}
