package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to try again, and when to give up (RFC 5321 §4.5.4.1).
 *
 * @param first the pause after the first attempt
 * @param longest the pause doubles after each attempt up to this
 * @param expiry how long after acceptance a recipient is given up
 * @param delayNotice how long after acceptance the sender is told that a recipient still waits
 * @param jitter the part of a pause, 0 to 1, by which chance may lengthen it, so that messages
 *     deferred together do not come back together
 */
public record RetryPolicy(
    Duration first, Duration longest, Duration expiry, Duration delayNotice, double jitter) {

  /** 5, 10, 20, 40, 80, 160, 240, 240, … minutes; 5 days; told after 4 hours. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5), Duration.ofHours(4), 0.1);
  }

  Instant expires(Envelope envelope) {
    return envelope.arrived().plus(expiry);
  }

  boolean tellsDelay(Envelope envelope, Instant now) {
    return !now.isBefore(envelope.arrived().plus(delayNotice));
  }

  /**
   * The time after the attempt numbered {@code attempts}, from 1. No pause goes past the moment of
   * the delay notice or of the expiry, so that the sender hears of both when they are there.
   */
  Instant next(Envelope envelope, int attempts, Instant now, RandomGenerator random) {
    int doublings = Math.min(Math.max(attempts - 1, 0), 30);
    Duration pause = shorter(first.multipliedBy(1L << doublings), longest);
    Instant next =
        now.plus(pause).plusMillis((long) (pause.toMillis() * jitter * random.nextDouble()));
    next = notPast(next, now, envelope.arrived().plus(delayNotice));
    return notPast(next, now, expires(envelope));
  }

  /** No row of the schedule lies further ahead than this, unless the clock went back. */
  Duration furthest() {
    return longest.plusMillis((long) (longest.toMillis() * jitter) + 1);
  }

  private static Instant notPast(Instant next, Instant now, Instant moment) {
    return moment.isAfter(now) && moment.isBefore(next) ? moment : next;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
