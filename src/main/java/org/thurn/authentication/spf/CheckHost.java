package org.thurn.authentication.spf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.IpAddress;

/**
 * {@code check_host()} of RFC 7208 §4, for one client. Its depth is limited by the number of terms
 * that {@link Questions} lets look up.
 */
final class CheckHost {
  private final InetAddress client;
  private final Questions questions;
  private final MacroExpander macros;
  private final Lookups lookups;

  CheckHost(InetAddress client, Questions questions, MacroExpander macros, Lookups lookups) {
    this.client = client;
    this.questions = questions;
    this.macros = macros;
    this.lookups = lookups;
  }

  /** Checks against the record of the place's domain. Never TEMPERROR or PERMERROR: those throw. */
  Decision check(Place place) throws CheckEnded {
    TargetName domain = place.target();
    if (domain.name().isEmpty() || !domain.multiLabel()) { // §4.3
      String words = "\"" + Words.of(place.domain()) + "\" is no name of a domain";
      return Decision.none(place.domain(), words);
    }
    DnsName name = domain.name().get();
    Answer answer = questions.need(name, RecordType.TXT); // §4.4
    List<String> records = SpfRecord.among(answer);
    return switch (records.size()) { // §4.5
      case 0 -> Decision.none(place.domain(), Words.of(place.domain()) + absence(answer));
      case 1 -> evaluate(parse(records.getFirst(), place), place);
      default ->
          throw CheckEnded.permanently(
              Words.of(place.domain()) + " has " + records.size() + " SPF records, not one");
    };
  }

  private static String absence(Answer answer) {
    return answer.status() == Answer.Status.NO_SUCH_NAME ? " does not exist" : " has no SPF record";
  }

  private static SpfRecord parse(String text, Place place) throws CheckEnded {
    try {
      return SpfRecord.parse(text);
    } catch (SpfSyntaxException e) { // §4.6
      throw CheckEnded.permanently("a mistake in " + place.shown() + ": " + e.shown());
    }
  }

  private Decision evaluate(SpfRecord record, Place place) throws CheckEnded {
    Optional<DomainSpec> explanation = record.explanation().map(Modifier.Explanation::target);
    for (Directive directive : record.directives()) { // §4.6.2
      Optional<Match> match = match(directive, place);
      if (match.isPresent()) {
        Outcome outcome = directive.qualifier().outcome();
        return new Decision(outcome, reason(match.get()), match, place.domain(), explanation);
      }
    }
    if (record.redirect().isPresent()) { // §6.1
      Optional<Decision> decision = redirect(record.redirect().get(), place);
      if (decision.isPresent()) {
        return decision.get();
      }
    }
    String reason = "nothing matches " + IpAddress.format(client) + " in " + place.shown(); // §4.7
    return new Decision(Outcome.NEUTRAL, reason, Optional.empty(), place.domain(), explanation);
  }

  private String reason(Match match) {
    String where = Place.shown(match.domain(), match.via());
    String detail = match.detail().isEmpty() ? "" : ": " + match.detail();
    String term = Words.of(match.directive());
    return term + " matches " + IpAddress.format(client) + " in " + where + detail;
  }

  private Optional<Match> match(Directive directive, Place place) throws CheckEnded {
    questions.begin(directive, place);
    Mechanism mechanism = directive.mechanism();
    Optional<DomainSpec> spec = mechanism.named();
    if (spec.isPresent() && macros.matchesNobody(spec.get())) {
      return Optional.empty();
    }
    // §4.8: without a domain-spec it is <domain>
    TargetName target =
        spec.isPresent() ? macros.target(spec.get(), place.domain()) : place.target();
    if (mechanism instanceof Mechanism.Include) {
      return include(directive, target, place);
    }
    return detail(mechanism, target)
        .map(detail -> new Match(directive, place.domain(), place.via(), detail));
  }

  private Optional<String> detail(Mechanism mechanism, TargetName target) throws CheckEnded {
    return switch (mechanism) {
      case Mechanism.All _ -> Optional.of("");
      case Mechanism.Ip4(var network) -> matched(network.contains(client));
      case Mechanism.Ip6(var network) -> matched(network.contains(client));
      case Mechanism.A(var _, DualCidr cidr) -> lookups.a(target, cidr);
      case Mechanism.Mx(var _, DualCidr cidr) -> lookups.mx(target, cidr);
      case Mechanism.Ptr _ -> lookups.ptr(target);
      case Mechanism.Exists _ -> lookups.exists(target);
      case Mechanism.Include _ -> Optional.empty(); // another record's matter
    };
  }

  private static Optional<String> matched(boolean matches) {
    return matches ? Optional.of("") : Optional.empty();
  }

  /** §5.2: what the other record says is a match or none; that it is not there is an error. */
  private Optional<Match> include(Directive directive, TargetName target, Place place)
      throws CheckEnded {
    Decision inner = check(place.by(directive, target));
    return switch (inner.outcome()) {
      case PASS -> inner.match();
      case FAIL, SOFTFAIL, NEUTRAL -> Optional.empty();
      case NONE, TEMPERROR, PERMERROR -> throw missing(directive, place, inner);
    };
  }

  /** §6.1; empty if the redirect can lead nobody anywhere. */
  private Optional<Decision> redirect(Modifier.Redirect redirect, Place place) throws CheckEnded {
    if (macros.matchesNobody(redirect.target())) {
      return Optional.empty();
    }
    questions.begin(redirect, place);
    TargetName target = macros.target(redirect.target(), place.domain());
    Decision decision = check(place.by(redirect, target));
    if (decision.outcome() == Outcome.NONE) {
      throw missing(redirect, place, decision);
    }
    return Optional.of(decision);
  }

  private static CheckEnded missing(Term term, Place place, Decision inner) {
    return CheckEnded.permanently(
        Words.of(term) + " in " + place.shown() + " leads to no record: " + inner.reason());
  }
}
