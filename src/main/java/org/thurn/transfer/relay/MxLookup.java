package org.thurn.transfer.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Mx;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.transfer.Questions;

/** Locates the target host, RFC 5321 §5.1. */
final class MxLookup {
  private final Questions questions;
  private final RelaySettings settings;
  private final RandomGenerator random;

  MxLookup(Questions questions, RelaySettings settings, RandomGenerator random) {
    this.questions = questions;
    this.settings = settings;
    this.random = random;
  }

  NextHops lookup(Domain domain, Journey journey) {
    Answer answer = questions.ask(DnsName.of(domain), RecordType.MX, "mx", journey);
    return switch (answer.status()) {
      case FOUND -> listed(domain, answer);
      case NO_DATA -> new NextHops.Hosts(List.of(hop(domain, 0)), true, true);
      case NO_SUCH_NAME -> failed("5.1.2", "there is no domain " + domain.unicode());
      case TEMPORARY_FAILURE ->
          new NextHops.Nowhere(
              new Outcome.Deferred(
                  EnhancedStatus.of("4.4.3"), Questions.failure(answer), Optional.empty()));
    };
  }

  private NextHops listed(Domain domain, Answer answer) {
    List<Mx> records = answer.all(Mx.class).toList();
    // RFC 7505 §3: a single record whose exchange is the root
    if (records.size() == 1 && records.getFirst().exchange().isRoot()) {
      return failed("5.1.10", "the domain " + domain.unicode() + " accepts no mail (null MX)");
    }
    List<Hop> hops = new ArrayList<>();
    for (Mx mx : records) {
      host(mx.exchange()).ifPresent(host -> hops.add(hop(host, mx.preference())));
    }
    if (hops.isEmpty()) {
      // RFC 5321 §5.1: MX records of which none is usable are an error, never a reason for A
      return failed("5.4.4", "no MX record of " + domain.unicode() + " names a host");
    }
    Collections.shuffle(hops, random); // RFC 5321 §5.1: spread the load over equal preferences
    hops.sort(Comparator.comparingInt(Hop::preference));
    List<Hop> better = withoutOurselves(hops);
    return better.isEmpty()
        ? loop(domain)
        : new NextHops.Hosts(better, false, answer.security() == Security.SECURE);
  }

  /**
   * RFC 5321 §5.1: where we are in the list ourselves, we and all that are not better are out of it
   * — they would send the message back to us.
   */
  private List<Hop> withoutOurselves(List<Hop> hops) {
    int own =
        hops.stream()
            .filter(hop -> hop.host() instanceof Domain name && settings.isOwnName(name))
            .mapToInt(Hop::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    return hops.stream().filter(hop -> hop.preference() < own).toList();
  }

  static NextHops.Nowhere loop(Domain domain) {
    return failed("5.4.6", "mail for " + domain.unicode() + " loops back to this server");
  }

  /** RFC 5321 §5.1: the exchange is a domain name; an address there is nobody's name. */
  private static Optional<Domain> host(DnsName exchange) {
    if (exchange.isRoot() || exchange.text().matches("[0-9.]+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Domain.parse(exchange.text()));
    } catch (NameSyntaxException e) {
      return Optional.empty(); // "_mail.example": not the name of a host, RFC 1123 §2.1
    }
  }

  private Hop hop(Domain host, int preference) {
    return Hop.mx(host, preference, settings.port());
  }

  static NextHops.Nowhere failed(String status, String reason) {
    return new NextHops.Nowhere(
        new Outcome.Failed(EnhancedStatus.of(status), reason, Optional.empty()));
  }
}
