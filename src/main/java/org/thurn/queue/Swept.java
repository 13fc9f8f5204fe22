package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a look at one shard's schedule begins: before it nothing waits. A store that deletes by
 * marks passes the mark of every message that ever waited, if it looks from the true beginning: a
 * tenth of a second for a million, once a second. What is written with a time that has passed is
 * found because this stays a while behind the clock; and every ten minutes, and when the clock went
 * back, a look begins at the true beginning all the same.
 */
final class Swept {
  private static final Duration BEHIND = Duration.ofMinutes(5);
  private static final Duration FROM_THE_BEGINNING = Duration.ofMinutes(10);

  private byte[] first = Keys.kind('d');
  private Instant fromTheBeginning = Instant.MIN;
  private Instant last = Instant.MIN;

  /** Where the look of {@code now} begins. */
  byte[] begin(Instant now) {
    if (now.isBefore(last) || !now.isBefore(fromTheBeginning.plus(FROM_THE_BEGINNING))) {
      fromTheBeginning = now;
      first = Keys.kind('d');
    }
    last = now;
    return first;
  }

  /** What a look that began there found first, if anything was due. */
  void found(Optional<byte[]> row, Instant now) {
    byte[] behind = Keys.dueFrom(now.minus(BEHIND));
    first = row.filter(key -> Arrays.compareUnsigned(key, behind) < 0).orElse(behind);
  }
}
