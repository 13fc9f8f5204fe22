package org.thurn.queue;

import java.util.List;
import org.thurn.journey.Journey;
import org.thurn.store.Body;

/**
 * Carries recipients on: {@code delivery} those that are local, {@code transfer.relay} the others.
 */
@FunctionalInterface
public interface Agent {
  /**
   * Tries once; blocks the calling virtual thread. The outcomes stand in the recipients' order. An
   * exception is a fault: the queue notes it and defers all of them.
   */
  List<Outcome> attempt(Attempt attempt) throws InterruptedException;

  /**
   * One try.
   *
   * @param number from 1
   * @param recipients of one destination, at least one
   * @param journey about the message; {@code about} a recipient for what is its own
   */
  record Attempt(
      Envelope envelope, Body body, List<Recipient> recipients, int number, Journey journey) {}
}
