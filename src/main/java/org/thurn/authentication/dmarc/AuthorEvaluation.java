package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurn.authentication.dmarc.Alignment.Method;
import org.thurn.authentication.dmarc.Alignment.State;

/** Judges one author domain of a message, RFC 9989 §5.3.2 to §5.3.6. */
final class AuthorEvaluation {
  /**
   * Domains of signatures that are looked up; those that cannot be aligned by their very names do
   * not count. Honest mail has one or two such signatures.
   */
  static final int MAX_WALKS = 10;

  private final DomainName author;
  private final DmarcRequest request;
  private final PolicyDiscovery discovery;
  private final Set<DomainName> walked = new HashSet<>();

  /** By which an identifier is known to pass: the others of it need not be looked up. */
  private final Set<Method> passing = EnumSet.noneOf(Method.class);

  AuthorEvaluation(DomainName author, DmarcRequest request, PolicyDiscovery discovery) {
    this.author = author;
    this.request = request;
    this.discovery = discovery;
  }

  Evaluation evaluation() {
    Discovered discovered = discovery.discover(author);
    Optional<Discovered.Found> found = discovered.policy();
    if (found.isEmpty()) {
      return discovered.failure().isPresent()
          ? without(discovered, DmarcOutcome.TEMPERROR, discovered.failure().get())
          : without(discovered, DmarcOutcome.NONE, author + " has no DMARC record");
    }
    DmarcRecord record = found.get().record();
    if (!record.applies()) {
      String mistake = record.mistakes().isEmpty() ? "" : ": " + record.mistakes().getFirst();
      String words = "the DMARC record of " + found.get().at() + " is broken" + mistake;
      return without(discovered, DmarcOutcome.PERMERROR, words);
    }
    return judged(discovered, found.get());
  }

  private Evaluation without(Discovered discovered, DmarcOutcome outcome, String reason) {
    return new Evaluation(
        outcome,
        author,
        discovered.organization(),
        discovered.method(),
        Optional.empty(),
        List.of(),
        reason);
  }

  private Evaluation judged(Discovered discovered, Discovered.Found found) {
    List<Alignment> alignments = alignments(discovered, found.record());
    Optional<Alignment> passing = alignments.stream().filter(Alignment::passes).findFirst();
    Optional<Alignment> hidden = alignments.stream().filter(Alignment::mightPass).findFirst();
    DmarcOutcome outcome;
    String reason;
    AppliedPolicy.Tag tag = discovered.own() ? AppliedPolicy.Tag.P : AppliedPolicy.Tag.SP;
    if (passing.isPresent()) {
      outcome = DmarcOutcome.PASS;
      reason = passing.get().reason();
    } else if (hidden.isPresent()) {
      outcome = DmarcOutcome.TEMPERROR;
      reason = hidden.get().reason();
    } else {
      outcome = DmarcOutcome.FAIL;
      reason = failure(alignments);
    }
    try {
      tag = tag(discovered, found.record());
    } catch (DnsFailure e) { // which policy holds matters only to what fails
      if (outcome == DmarcOutcome.FAIL) {
        outcome = DmarcOutcome.TEMPERROR;
        reason = reason + ", and " + e.reason();
      }
    }
    AppliedPolicy policy = AppliedPolicy.of(found, tag);
    if (outcome == DmarcOutcome.FAIL) {
      reason = reason + "; " + shown(policy);
    }
    return new Evaluation(
        outcome,
        author,
        discovered.organization(),
        discovered.method(),
        Optional.of(policy),
        alignments,
        reason);
  }

  /** RFC 9989 §4.10.1. */
  private AppliedPolicy.Tag tag(Discovered discovered, DmarcRecord record) throws DnsFailure {
    if (discovered.own()) {
      return AppliedPolicy.Tag.P;
    }
    boolean asked = record.nonExistent().isPresent();
    return asked && !discovery.exists(author) ? AppliedPolicy.Tag.NP : AppliedPolicy.Tag.SP;
  }

  private static String shown(AppliedPolicy policy) {
    String testing = policy.record().testing() ? ", which it only tests" : "";
    String asks = policy.tag() + policy.published().word() + " of " + policy.at();
    return asks + " holds" + testing;
  }

  private List<Alignment> alignments(Discovered discovered, DmarcRecord record) {
    List<Alignment> alignments = new ArrayList<>();
    if (request.dkim().stream().anyMatch(this::isAuthors)) {
      passing.add(Method.DKIM);
    }
    request
        .spf()
        .ifPresent(
            spf ->
                alignments.add(
                    align(Method.SPF, spf.domain(), spf.code(), record.spfMode(), discovered)));
    for (DkimInput dkim : request.dkim()) {
      alignments.add(align(Method.DKIM, dkim.domain(), dkim.code(), record.dkimMode(), discovered));
    }
    return alignments;
  }

  private boolean isAuthors(DkimInput dkim) {
    boolean passes = dkim.code() == AuthenticationCode.PASS;
    return passes && DomainName.parse(dkim.domain()).filter(author::equals).isPresent();
  }

  private Alignment align(
      Method method, String domain, AuthenticationCode code, AlignmentMode mode, Discovered of) {
    Optional<DomainName> name = DomainName.parse(domain);
    if (name.isEmpty()) {
      String words = method + "'s \"" + Words.of(domain) + "\" is no domain";
      return new Alignment(method, domain, code, mode, State.NOT_ALIGNED, words);
    }
    String identifier = method + " " + code.word() + " for " + name.get();
    if (name.get().equals(author)) {
      String words = identifier + ", which is the author domain";
      return new Alignment(method, domain, code, mode, State.ALIGNED, words);
    }
    if (mode == AlignmentMode.STRICT) {
      String words = identifier + ", which is not " + author + " as strict alignment wants";
      return new Alignment(method, domain, code, mode, State.NOT_ALIGNED, words);
    }
    return switch (code) {
      case PASS, TEMPERROR -> relaxed(method, name.get(), code, of, identifier);
      case NONE, FAIL, SOFTFAIL, POLICY, NEUTRAL, PERMERROR ->
          // not authenticated, so that nobody needs to ask the DNS where it belongs
          new Alignment(method, domain, code, mode, nearby(name.get(), of), identifier);
    };
  }

  /** What the names alone tell: reports and failure options ask no more of what did not pass. */
  private static State nearby(DomainName domain, Discovered of) {
    boolean within = of.organization().map(domain::isWithin).orElse(false);
    return within ? State.ALIGNED : State.NOT_ALIGNED;
  }

  /** RFC 9989 §4.10.2: both must have the same organizational domain. */
  private Alignment relaxed(
      Method method, DomainName domain, AuthenticationCode code, Discovered of, String identifier) {
    if (passing.contains(method)) {
      String words = identifier + ", which is not looked up since another passes";
      return new Alignment(
          method, domain.text(), code, AlignmentMode.RELAXED, State.UNKNOWN, words);
    }
    State state;
    String words;
    try {
      DomainName organization = discovery.organization(author);
      // an organizational domain lies above its own, so that most others need no question
      boolean same = domain.isWithin(organization) && organization(domain).equals(organization);
      state = same ? State.ALIGNED : State.NOT_ALIGNED;
      if (same && code == AuthenticationCode.PASS) {
        passing.add(method);
      }
      words = same ? ", which belongs to " + organization + " too" : ", which belongs to others";
    } catch (DnsFailure e) {
      state = of.organization().isEmpty() && unrelated(domain) ? State.NOT_ALIGNED : State.UNKNOWN;
      words = ", and " + e.reason();
    }
    return new Alignment(
        method, domain.text(), code, AlignmentMode.RELAXED, state, identifier + words);
  }

  private DomainName organization(DomainName domain) throws DnsFailure {
    if (walked.size() == MAX_WALKS && !walked.contains(domain)) {
      throw new DnsFailure("more than " + MAX_WALKS + " domains would have to be looked up");
    }
    walked.add(domain);
    return discovery.organization(domain);
  }

  /** Whether not even the last label is the same. */
  private boolean unrelated(DomainName domain) {
    return !domain.rightmost(1).equals(author.rightmost(1));
  }

  private String failure(List<Alignment> alignments) {
    List<String> passed =
        alignments.stream()
            .filter(a -> a.code() == AuthenticationCode.PASS)
            .map(Alignment::reason)
            .limit(3)
            .toList();
    if (!passed.isEmpty()) {
      return "nothing vouches for " + author + ": " + String.join("; ", passed);
    }
    String others =
        alignments.stream()
            .limit(3)
            .map(a -> a.method() + " " + a.code().word() + " for " + Words.of(a.domain()))
            .collect(Collectors.joining("; "));
    return "nothing vouches for " + author + (others.isEmpty() ? "" : ": " + others);
  }
}
