package org.thurn.authentication.dmarc;

import java.util.List;
import java.util.Optional;

/**
 * What came of one author domain.
 *
 * @param outcome the result
 * @param author the domain
 * @param organization its organizational domain, if it was found
 * @param method how that and the policy were looked for
 * @param policy which holds, if a record was found
 * @param alignments of each identifier, SPF's first; empty where no policy holds
 * @param reason one sentence for people
 */
public record Evaluation(
    DmarcOutcome outcome,
    DomainName author,
    Optional<DomainName> organization,
    DiscoveryMethod method,
    Optional<AppliedPolicy> policy,
    List<Alignment> alignments,
    String reason) {
  public Evaluation {
    alignments = List.copyOf(alignments);
  }

  /** What the owner wants done; nothing, unless it fails. */
  public Policy requested() {
    boolean fails = outcome == DmarcOutcome.FAIL;
    return fails ? policy.map(AppliedPolicy::effective).orElse(Policy.NONE) : Policy.NONE;
  }

  /** Whether an identifier of the method makes the message pass, as reports tell it. */
  public boolean passesBy(Alignment.Method method) {
    return alignments.stream().anyMatch(a -> a.method() == method && a.passes());
  }
}
