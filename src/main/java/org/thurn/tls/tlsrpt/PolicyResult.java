package org.thurn.tls.tlsrpt;

import java.util.List;

/**
 * How sessions under one policy went, RFC 8460 §4.4.
 *
 * @param successes sessions with TLS as the policy wants it
 * @param failures sessions without
 * @param details how they failed
 */
public record PolicyResult(
    ReportedPolicy policy, long successes, long failures, List<FailureDetails> details) {
  public PolicyResult {
    if (successes < 0 || failures < 0) {
      throw new IllegalArgumentException("fewer than no sessions");
    }
    details = List.copyOf(details);
  }
}
