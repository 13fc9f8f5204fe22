package org.thurn.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Where a connection really goes that is opened to an address. On every machine but a lab's that is
 * the address itself; the lab puts somebody in between.
 */
@FunctionalInterface
public interface Wire {
  /** To the address itself. */
  Wire STRAIGHT = remote -> remote;

  /**
   * Where it goes.
   *
   * @throws IOException if nothing gets through
   */
  InetSocketAddress leads(InetSocketAddress remote) throws IOException;
}
