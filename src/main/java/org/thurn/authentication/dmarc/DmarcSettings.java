package org.thurn.authentication.dmarc;

import java.time.Duration;
import java.util.Optional;

/**
 * How messages are judged, and what is done with them.
 *
 * @param suffixes a list of public suffixes, to find organizational domains as RFC 7489 did; empty
 *     to walk the tree as RFC 9989 does
 * @param questions how many questions one message may make us ask the DNS
 * @param time after which nothing more is asked; the last question may still take its own time
 * @param policy what is done with a message
 */
public record DmarcSettings(
    Optional<PublicSuffixes> suffixes, int questions, Duration time, LocalPolicy policy) {
  /**
   * Five author domains take 40, and a handful of identifiers of the same organizations not many
   * more, since they share most of the way up.
   */
  public static final int QUESTIONS = 100;

  /** As long as SPF may take (RFC 7208 §4.6.4), while the client waits for its reply. */
  public static final Duration TIME = Duration.ofSeconds(20);

  /** What RFC 9989 says, and a careful administrator adds to it. */
  public static final DmarcSettings DEFAULT =
      new DmarcSettings(Optional.empty(), QUESTIONS, TIME, LocalPolicy.DEFAULT);

  public DmarcSettings {
    if (questions < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("a limit of DMARC is not positive");
    }
  }
}
