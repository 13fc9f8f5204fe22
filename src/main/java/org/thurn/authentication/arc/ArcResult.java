package org.thurn.authentication.arc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.dns.Answer;
import org.thurn.name.Domain;

/**
 * What came of a chain, and why.
 *
 * @param chainValidation the state of the whole
 * @param reason for people: one line
 * @param sets from the first on; empty unless the chain is {@link ArcChain.Whole}
 * @param oldestPass 0 if the message is as the first set signed it; else the oldest set whose
 *     signature, as all after it, holds (RFC 8617 §5.2, 6); empty unless the chain passes
 * @param temporary whether it may pass another time, the DNS answering; RFC 8617 has no state for
 *     it
 * @param answers what the DNS was asked and said
 */
public record ArcResult(
    ChainValidation chainValidation,
    String reason,
    List<Set> sets,
    OptionalInt oldestPass,
    boolean temporary,
    List<Answer> answers) {

  /** What is known of a seal. */
  public enum Seal {
    HOLDS,
    DOES_NOT_HOLD,
    /** Something newer did not hold, so that nobody looked. */
    NOT_CHECKED
  }

  /**
   * One set.
   *
   * @param instance its number, from 1
   * @param sealer who sealed it: {@code d=} of its seal
   * @param selector {@code s=} of its seal
   * @param results what the sealer says it found out; worth as much as the sealer is, and only if
   *     the chain passes; empty where it cannot be read
   * @param seal whether the seal holds
   * @param signature what came of its signature over the message; empty where it cannot be used or
   *     nobody looked
   */
  public record Set(
      int instance,
      Domain sealer,
      String selector,
      Optional<AuthenticationResults> results,
      Seal seal,
      Optional<DkimResult> signature) {}

  public ArcResult {
    sets = List.copyOf(sets);
    answers = List.copyOf(answers);
  }

  public boolean passed() {
    return chainValidation == ChainValidation.PASS;
  }

  /** For Authentication-Results, RFC 8617 §7. */
  public MethodResult methodResult() {
    MethodResult result = Method.ARC.result(chainValidation.word());
    if (chainValidation == ChainValidation.FAIL) {
      result = result.because(reason);
    }
    return oldestPass.isPresent()
        ? result.with("header", "oldest-pass", String.valueOf(oldestPass.getAsInt()))
        : result;
  }
}
