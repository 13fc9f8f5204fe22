package org.thurn.bench;

import java.net.InetSocketAddress;

/**
 * A server under test that runs: one program or two that work together.
 *
 * @param address where it takes mail
 * @param lmtp whether it wants LMTP there
 * @param group all of its processes
 * @param queue what is not yet where it goes
 * @param arrived how many messages are there
 */
record Server(InetSocketAddress address, boolean lmtp, Group group, Idle queue, Arrivals arrived) {

  /** Whether nothing waits; must be cheap. */
  interface Idle {
    boolean empty() throws Exception;
  }

  /** How many messages came to their end since the start. */
  interface Arrivals {
    long count() throws Exception;
  }

  /** As smtp-source wants it. */
  String target() {
    return "127.0.0.1:" + address.getPort();
  }

  /** Waits until all that was accepted is in its mailbox or at the next host. */
  void awaitDrained() throws Exception {
    Pause.until("the queue is empty", 5, queue::empty);
  }
}
