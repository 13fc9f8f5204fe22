package org.thurn.tls.mtasts;

import java.time.Instant;

/**
 * A policy as it is kept.
 *
 * @param id of the record that announced it
 * @param fetched when
 */
record CachedPolicy(StsPolicy policy, String id, Instant fetched) {
  Instant expires() {
    return fetched.plus(policy.lifetime());
  }

  boolean isValid(Instant now) {
    return now.isBefore(expires());
  }
}
