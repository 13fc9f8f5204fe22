package org.thurn.transfer.intake;

import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.transfer.policy.PolicyPage;

/**
 * How mail from outside is checked, and what is done for what is found.
 *
 * @param receivedSpf whether the results of SPF get a field of their own, too (RFC 7208 §9.1)
 * @param observer who hears of it
 */
public record Authentication(
    InboundCheck check, PolicyPage page, boolean receivedSpf, JudgementObserver observer) {
  public Authentication(InboundCheck check, PolicyPage page, boolean receivedSpf) {
    this(check, page, receivedSpf, JudgementObserver.NONE);
  }

  /** The same, heard by another. */
  public Authentication heardBy(JudgementObserver other) {
    return new Authentication(check, page, receivedSpf, other);
  }
}
