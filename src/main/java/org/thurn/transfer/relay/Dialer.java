package org.thurn.transfer.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.thurn.net.Connection;

/** Opens TCP connections. */
@FunctionalInterface
public interface Dialer {
  /**
   * Connects to an address.
   *
   * @param source the local address to connect from, or empty to let the system choose
   * @throws IOException if nobody answers there in time
   */
  Connection dial(InetAddress address, int port, Optional<InetAddress> source, Duration timeout)
      throws IOException;
}
