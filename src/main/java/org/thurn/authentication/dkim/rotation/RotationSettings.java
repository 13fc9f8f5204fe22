package org.thurn.authentication.dkim.rotation;

import java.time.Duration;
import java.util.Set;
import org.thurn.authentication.dkim.Algorithm;

/**
 * How long keys live.
 *
 * @param algorithms which a domain signs with, a key of each at a time
 * @param lifetime how long a key signs
 * @param propagation from its publication until it may sign: more than the TTL of a record and of
 *     the absence of one, and than secondary servers take
 * @param retirement how long it stays when it signs no more: longer than mail is on its way
 * @param revocation how long its empty record stays
 */
public record RotationSettings(
    Set<Algorithm> algorithms,
    Duration lifetime,
    Duration propagation,
    Duration retirement,
    Duration revocation) {
  /** Half a year, two days, two weeks (a queue keeps mail five days), a month. */
  public static final RotationSettings DEFAULT =
      new RotationSettings(
          Set.of(Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256),
          Duration.ofDays(182),
          Duration.ofDays(2),
          Duration.ofDays(14),
          Duration.ofDays(30));

  public RotationSettings {
    algorithms = Set.copyOf(algorithms);
    if (algorithms.contains(Algorithm.RSA_SHA1)) {
      throw new IllegalArgumentException("nobody signs with rsa-sha1 (RFC 8301)");
    }
    boolean positive =
        propagation.isPositive() && retirement.isPositive() && !revocation.isNegative();
    if (!positive || lifetime.compareTo(propagation) <= 0) {
      throw new IllegalArgumentException("a key lives longer than it takes to be known");
    }
  }
}
