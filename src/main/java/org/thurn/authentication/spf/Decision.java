package org.thurn.authentication.spf;

import java.util.Optional;

/**
 * What {@code check_host()} returns for one record, RFC 7208 §4.1.
 *
 * @param domain whose record decided: the one that was asked for, or where redirects led
 * @param explanation where that record has the words for a FAIL
 */
record Decision(
    Outcome outcome,
    String reason,
    Optional<Match> match,
    String domain,
    Optional<DomainSpec> explanation) {

  /** There is nothing to go by. */
  static Decision none(String domain, String reason) {
    return new Decision(Outcome.NONE, reason, Optional.empty(), domain, Optional.empty());
  }
}
