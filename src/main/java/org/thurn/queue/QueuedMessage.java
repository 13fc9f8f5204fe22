package org.thurn.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message in the queue, as a person sees it. */
public record QueuedMessage(
    Envelope envelope, long octets, boolean held, List<RecipientState> recipients) {

  /**
   * One recipient's state.
   *
   * @param attempts made so far
   * @param next when the next one is due; empty once settled, while held or while one runs
   * @param last what the last attempt brought
   * @param settled whether it reached its terminal state
   */
  public record RecipientState(
      Recipient recipient,
      int attempts,
      Optional<Instant> next,
      Optional<Outcome> last,
      boolean settled) {}
}
