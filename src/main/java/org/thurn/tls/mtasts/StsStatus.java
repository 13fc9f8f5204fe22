package org.thurn.tls.mtasts;

import java.time.Instant;
import java.util.Optional;

/** Where a sender is with a domain. */
public sealed interface StsStatus {
  /** The domain has no policy, and none is kept. */
  record None(String why) implements StsStatus {}

  /**
   * A policy applies.
   *
   * @param id of the record that announced it
   * @param expires until when it may be used if nothing better comes
   * @param trouble why it is an old one, if it is: the record is gone, or announces another that
   *     cannot be had
   */
  record Known(StsPolicy policy, String id, Instant expires, Optional<Trouble> trouble)
      implements StsStatus {}

  /** The domain announces a policy that cannot be had, and none is kept: as if there were none. */
  record Unfetchable(FailureKind kind, String why) implements StsStatus {}

  /**
   * What disturbs a policy that still applies.
   *
   * @param kind for reports; empty if no policy is announced now
   */
  record Trouble(Optional<FailureKind> kind, String why) {}
}
