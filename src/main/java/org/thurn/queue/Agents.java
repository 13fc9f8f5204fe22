package org.thurn.queue;

/**
 * Who does the queue's work.
 *
 * @param local carries to mailboxes; its Stored is durable (S2) when it returns, and it knows a
 *     replay by the message's id and the recipient
 * @param remote carries to other hosts
 * @param notifier writes the notifications
 */
public record Agents(Agent local, Agent remote, Notifier notifier) {
  Agent of(Lane lane) {
    return lane.isRemote() ? remote : local;
  }
}
