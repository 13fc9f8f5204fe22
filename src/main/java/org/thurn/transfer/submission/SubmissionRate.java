package org.thurn.transfer.submission;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * How much one account may submit: a bucket that holds an hour's worth and fills up evenly, so that
 * a stolen password sends thousands, not millions. One bucket an account: there are no more of them
 * than the directory has.
 */
public final class SubmissionRate {
  private static final double HOUR = Duration.ofHours(1).toNanos();

  private record Bucket(double level, long at, boolean taken) {}

  private final Time time;
  private final Map<Mailbox, Bucket> buckets = new ConcurrentHashMap<>();

  public SubmissionRate(Time time) {
    this.time = time;
  }

  /** Takes one from the account's bucket; false if it is empty. */
  public boolean take(Mailbox account, int perHour) {
    Bucket after =
        buckets.compute(
            account,
            (_, before) -> {
              long now = time.ticks();
              double filled =
                  before == null
                      ? perHour
                      : Math.min(perHour, before.level() + perHour * ((now - before.at()) / HOUR));
              return filled >= 1
                  ? new Bucket(filled - 1, now, true)
                  : new Bucket(filled, now, false);
            });
    return after != null && after.taken();
  }
}
