package org.thurn.authentication.dkim.rotation;

import java.time.Duration;
import java.time.Instant;
import org.thurn.authentication.dkim.Algorithm;

/**
 * A key at one moment.
 *
 * @param selector its name; never used a second time, lest a cache mix two keys up
 * @param algorithm what it signs with
 * @param stage where in its life it is
 * @param since when it came there
 */
public record KeyState(String selector, Algorithm algorithm, Stage stage, Instant since) {
  /** The same key, further on. */
  public KeyState moved(Stage next, Instant now) {
    return new KeyState(selector, algorithm, next, now);
  }

  /** Whether it has been in this stage for so long; not while a clock that was set back says no. */
  boolean lasted(Duration duration, Instant now) {
    return !now.isBefore(since.plus(duration));
  }
}
