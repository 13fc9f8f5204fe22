package org.thurn.tls.tlsrpt;

import java.util.Optional;

/**
 * How one session went, seen by one policy. A session is one for each policy that applied to it
 * (RFC 8460 §4.4).
 *
 * @param policy that applied
 * @param failure how it failed, of one session; empty if it did not
 */
public record SessionResult(ReportedPolicy policy, Optional<FailureDetails> failure) {}
