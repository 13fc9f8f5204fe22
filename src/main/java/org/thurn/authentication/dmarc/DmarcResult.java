package org.thurn.authentication.dmarc;

import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;

/**
 * What came of a message, and why.
 *
 * @param outcome one of the five
 * @param authors the domains that people see
 * @param decisive what decided: of the domains that fail, the one with the strictest policy. Empty
 *     if there is no domain to judge by
 * @param evaluations of each domain
 * @param reason one sentence for people
 * @param answers what the DNS was asked and said, in order
 */
public record DmarcResult(
    DmarcOutcome outcome,
    AuthorDomains authors,
    Optional<Evaluation> decisive,
    List<Evaluation> evaluations,
    String reason,
    List<Answer> answers) {
  public DmarcResult {
    evaluations = List.copyOf(evaluations);
    answers = List.copyOf(answers);
  }

  /** The domain that decided. */
  public Optional<DomainName> author() {
    return decisive.map(Evaluation::author);
  }

  /** Its organizational domain. */
  public Optional<DomainName> organization() {
    return decisive.flatMap(Evaluation::organization);
  }

  /** The policy that holds for it. */
  public Optional<AppliedPolicy> policy() {
    return decisive.flatMap(Evaluation::policy);
  }

  /** What the owner wants done with this message; nothing, unless it fails. */
  public Policy requested() {
    return decisive.map(Evaluation::requested).orElse(Policy.NONE);
  }
}
