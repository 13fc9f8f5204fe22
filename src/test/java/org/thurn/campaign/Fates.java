package org.thurn.campaign;

import java.util.Collection;
import org.thurn.campaign.Attempt.Fate;

/** How many attempts met which fate. */
public record Fates(long acknowledged, long unknown, long notSent, long refused) {
  static Fates of(Collection<Attempt> attempts) {
    return new Fates(
        count(attempts, Fate.ACKNOWLEDGED),
        count(attempts, Fate.UNKNOWN),
        count(attempts, Fate.NOT_SENT),
        count(attempts, Fate.REFUSED));
  }

  private static long count(Collection<Attempt> attempts, Fate fate) {
    return attempts.stream().filter(attempt -> attempt.fate() == fate).count();
  }
}
