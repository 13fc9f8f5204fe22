package org.thurn.transfer.policy;

import java.util.List;
import org.thurn.authentication.dmarc.PolicyOverride;

/**
 * What is done with a message, and why.
 *
 * @param rule which line of the policy page decided: {@code dmarc}, or a finding's key
 * @param reason one sentence for people
 * @param overrides where it is something else than the author's domain asked for, why (RFC 9990
 *     §3.1.6)
 */
public record Judgement(Action action, String rule, String reason, List<PolicyOverride> overrides) {
  public Judgement {
    overrides = List.copyOf(overrides);
  }
}
