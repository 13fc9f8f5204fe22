package org.thurn.queue;

import org.thurn.journey.QueueId;

/**
 * The named moments between the durable states of docs/queue.md. A test, or a campaign, kills the
 * server there; in service nothing happens.
 */
public enum CrashPoint {
  /** S0: the body is staged, nothing of the message is durable. */
  BEFORE_ACCEPTED,
  /** S1 is durable; the client has not read its 250. */
  ACCEPTED,
  /** The attempt's mark is durable (RFC 1047); the agent has not begun. */
  MARKED,
  /** The agent is done (S2, or the remote's 250); its outcomes are not durable. */
  ATTEMPTED,
  /** The settle commit has returned; the journey does not know yet. */
  SETTLED;

  /** What to do when a message comes to a point. */
  @FunctionalInterface
  public interface Hook {
    /** Nothing. */
    Hook NONE = (point, id) -> {};

    void reached(CrashPoint point, QueueId id);
  }
}
