package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.NotedResolver;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;

/**
 * Judges messages by DMARC, RFC 9989 §5.3. Blocks while the DNS is asked, in all not longer than
 * the settings' time and one question more; never throws for what messages, records or the DNS
 * hold. Safe for many threads.
 */
public final class DmarcEvaluator {
  private final Resolver resolver;
  private final DmarcSettings settings;
  private final Time time;

  public DmarcEvaluator(Resolver resolver, DmarcSettings settings, Time time) {
    this.resolver = resolver;
    this.settings = settings;
    this.time = time;
  }

  /** Judges one message; nothing of an earlier one is used. */
  public DmarcResult evaluate(DmarcRequest request) {
    NotedResolver noted = new NotedResolver(resolver);
    PolicyDiscovery discovery = new PolicyDiscovery(noted, settings, time);
    AuthorDomains authors = request.authors();
    // first every policy, so that no author's identifiers use up the questions of another
    authors.domains().forEach(discovery::discover);
    List<Evaluation> evaluations = new ArrayList<>();
    for (DomainName author : authors.domains()) {
      evaluations.add(new AuthorEvaluation(author, request, discovery).evaluation());
    }
    Optional<Evaluation> decisive =
        evaluations.stream().max(Comparator.comparingInt(DmarcEvaluator::weight));
    return new DmarcResult(
        outcome(authors, decisive),
        authors,
        decisive,
        evaluations,
        reason(authors, decisive),
        noted.answers());
  }

  /**
   * RFC 9989 §11.5: of several domains the strictest policy among those that fail. Behind them
   * comes what may still turn out to fail, and a pass only if all pass. Of equals the first counts.
   */
  private static int weight(Evaluation evaluation) {
    return switch (evaluation.outcome()) {
      case PASS -> 0;
      case NONE -> 1;
      case PERMERROR -> 2;
      case TEMPERROR -> 3;
      case FAIL ->
          switch (evaluation.requested()) {
            case NONE -> 4;
            case QUARANTINE -> 5;
            case REJECT -> 6;
          };
    };
  }

  /**
   * Where not all of the authors can be judged nobody has vouched for the message: it may fail, it
   * cannot pass.
   */
  private static DmarcOutcome outcome(AuthorDomains authors, Optional<Evaluation> decisive) {
    DmarcOutcome outcome = decisive.map(Evaluation::outcome).orElse(DmarcOutcome.PERMERROR);
    return switch (authors.problem()) {
      case NONE, SEVERAL_DOMAINS -> outcome;
      case NO_FIELD, NO_DOMAIN, SEVERAL_FIELDS, UNREADABLE_ADDRESS, TOO_MANY_DOMAINS ->
          switch (outcome) {
            case PASS, NONE, PERMERROR -> DmarcOutcome.PERMERROR;
            case FAIL, TEMPERROR -> outcome;
          };
    };
  }

  private static String reason(AuthorDomains authors, Optional<Evaluation> decisive) {
    boolean single = authors.problem() == AuthorDomains.Problem.NONE;
    String problem = single ? "" : authors.problem().words();
    String decision = decisive.map(Evaluation::reason).orElse("");
    return problem + (problem.isEmpty() || decision.isEmpty() ? "" : "; ") + decision;
  }
}
