package org.thurn.authentication.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dmarc.LocalRule.Action;

/**
 * What we do with a message when DMARC has judged it, RFC 9989 §5.4.
 *
 * @param rules for some author domains; the first that matches counts, before anything else
 * @param trustForwarders whether a message that fails is accepted because a forwarder whom we trust
 *     vouches by ARC that it passed there
 * @param unreadableAuthor what is done with a message whose From field names nobody: it may show
 *     people anything
 * @param severalFields what is done with a message that has several From fields, of which programs
 *     show one or the other
 * @param deferOnFailure whether a message is put off when the DNS hides whether it passes, though
 *     we know that its domain's owner wants failing mail kept away; otherwise it is accepted
 */
public record LocalPolicy(
    List<LocalRule> rules,
    boolean trustForwarders,
    Action unreadableAuthor,
    Action severalFields,
    boolean deferOnFailure) {
  /**
   * What owners ask for is done: what they want rejected is rejected, what they want quarantined
   * goes to the junk, unless a trusted forwarder vouches for it. Nobody's failing DNS opens a way
   * past a policy.
   */
  public static final LocalPolicy DEFAULT =
      new LocalPolicy(List.of(), true, Action.JUNK, Action.REJECT, true);

  public LocalPolicy {
    rules = List.copyOf(rules);
  }

  /**
   * Decides.
   *
   * @param forwarder who vouches by a valid ARC chain that the message passed when it came there,
   *     and is trusted by us; empty if nobody does
   */
  public Disposition decide(DmarcResult result, Optional<String> forwarder) {
    return switch (result.outcome()) {
      case PASS, NONE -> new Disposition.Accept(result.reason(), List.of());
      case FAIL -> failed(result, forwarder);
      case TEMPERROR -> unknown(result, forwarder);
      case PERMERROR -> unreadable(result);
    };
  }

  private Disposition failed(DmarcResult result, Optional<String> forwarder) {
    Action requested = Action.of(result.requested());
    List<PolicyOverride> overrides = new ArrayList<>();
    if (isTested(result)) {
      overrides.add(new PolicyOverride(OverrideType.POLICY_TEST_MODE, "t=y"));
    }
    Action action = requested;
    String reason = result.reason();
    Optional<LocalRule> rule = rule(result);
    if (rule.isPresent()) {
      action = rule.get().action();
      reason = reason + "; our rule for " + rule.get().authors() + " decides";
      if (action != requested) {
        overrides.add(new PolicyOverride(rule.get().type(), rule.get().comment()));
      }
    } else if (trustForwarders && forwarder.isPresent() && requested != Action.ACCEPT) {
      action = Action.ACCEPT;
      String words = "arc=pass by " + Words.of(forwarder.get());
      reason = reason + "; " + words + ", whom we trust";
      overrides.add(new PolicyOverride(OverrideType.TRUSTED_FORWARDER, words));
    }
    return Disposition.of(action, reason, overrides);
  }

  private static boolean isTested(DmarcResult result) {
    return result.policy().map(p -> p.published() != p.effective()).orElse(false);
  }

  private Optional<LocalRule> rule(DmarcResult result) {
    return rules.stream()
        .filter(r -> result.author().map(r.authors()::matches).orElse(false))
        .findFirst();
  }

  /** Whoever can make our DNS fail must not get past a policy by it. */
  private Disposition unknown(DmarcResult result, Optional<String> forwarder) {
    boolean vouched = trustForwarders && forwarder.isPresent();
    boolean strict =
        result.policy().map(AppliedPolicy::effective).orElse(Policy.NONE) != Policy.NONE;
    boolean odd = result.authors().problem() != AuthorDomains.Problem.NONE;
    return deferOnFailure && !vouched && (strict || odd)
        ? new Disposition.Defer(result.reason(), List.of())
        : new Disposition.Accept(result.reason(), List.of());
  }

  private Disposition unreadable(DmarcResult result) {
    Action action =
        switch (result.authors().problem()) {
          // the record of the one domain is broken: RFC 9989 §4.10.1, no DMARC processing
          case NONE, SEVERAL_DOMAINS -> Action.ACCEPT;
          // nobody is shown who could be mistaken for the author
          case NO_FIELD -> Action.ACCEPT;
          case SEVERAL_FIELDS, TOO_MANY_DOMAINS -> severalFields;
          case NO_DOMAIN, UNREADABLE_ADDRESS -> unreadableAuthor;
        };
    return Disposition.of(action, result.reason(), List.of());
  }
}
