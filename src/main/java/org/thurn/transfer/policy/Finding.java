package org.thurn.transfer.policy;

import java.util.Locale;
import java.util.function.Predicate;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.spf.Outcome;

/**
 * What can be found of a message that DMARC has no say about: a line of the policy page each. What
 * fails the author's own policy is {@code authentication.dmarc.LocalPolicy}'s matter.
 */
public enum Finding {
  /** The client may not call itself what it does (SPF of HELO). */
  HELO_FAIL(result -> result.helo().filter(spf -> spf.outcome() == Outcome.FAIL).isPresent()),
  /** The sender's domain says that this client may not send for it. */
  SPF_FAIL(result -> isSpf(result, Outcome.FAIL)),
  /** It says that the client probably may not: an indication, no more (RFC 7208 §8.5). */
  SPF_SOFTFAIL(result -> isSpf(result, Outcome.SOFTFAIL)),
  /** Its SPF record is broken. */
  SPF_PERMERROR(result -> isSpf(result, Outcome.PERMERROR)),
  /**
   * There are signatures, and none of them holds. RFC 6376 §6.3 advises against refusing for it.
   */
  DKIM_FAIL(result -> isSigned(result) && !passesDkim(result)),
  /** The chain of those who handled it is broken (RFC 8617 §4.4.1: as if there were none). */
  ARC_FAIL(result -> result.arc().chainValidation() == ChainValidation.FAIL),
  /** Neither SPF nor DKIM names anybody who answers for it. */
  UNAUTHENTICATED(result -> !isSpf(result, Outcome.PASS) && !passesDkim(result));

  @SuppressWarnings("ImmutableEnumChecker") // none of them keeps anything
  private final Predicate<InboundResult> test;

  Finding(Predicate<InboundResult> test) {
    this.test = test;
  }

  private static boolean isSpf(InboundResult result, Outcome outcome) {
    return result.mailFrom().filter(spf -> spf.outcome() == outcome).isPresent();
  }

  private static boolean isSigned(InboundResult result) {
    return result.dkim().stream().anyMatch(dkim -> dkim.domain().isPresent());
  }

  private static boolean passesDkim(InboundResult result) {
    return result.dkim().stream().anyMatch(DkimResult::passed);
  }

  /** Whether it holds of the message. */
  public boolean isIn(InboundResult result) {
    return test.test(result);
  }

  /** Its key in the settings. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
