package org.thurn.lab.scenario;

import java.net.InetSocketAddress;

/** The network between the domains' servers, for who wants to sit on it. */
public interface Road {
  /**
   * From now on new connections to {@code door} end at {@code instead}. What is open stays open.
   *
   * @return ends it when it is closed
   */
  Detour lead(InetSocketAddress door, InetSocketAddress instead);

  /** While it is open, connections go another way. */
  interface Detour extends AutoCloseable {
    @Override
    void close();
  }
}
