package org.thurn.transfer.intake;

import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.transfer.policy.PolicyPage;

/**
 * How mail from outside is checked, and what is done for what is found.
 *
 * @param observer who hears of it
 */
public record Authentication(InboundCheck check, PolicyPage page, JudgementObserver observer) {
  public Authentication(InboundCheck check, PolicyPage page) {
    this(check, page, JudgementObserver.NONE);
  }

  /** The same, heard by another. */
  public Authentication heardBy(JudgementObserver other) {
    return new Authentication(check, page, other);
  }
}
