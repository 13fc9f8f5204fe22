package org.thurn.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.net.TlsSession;
import org.thurn.net.TlsUpgrade;

/**
 * A look at a server's TLS: its addresses tried in turn until one gets as far as TLS.
 *
 * @param tries those that were tried; the last one is the session's, if there is one
 */
record TlsVisit(List<Try> tries, Optional<TlsSession> session) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Some servers let everybody wait for their greeting. */
  private static final Duration STEP = Duration.ofSeconds(30);

  /** All steps at one address together. */
  private static final Duration WHOLE = Duration.ofSeconds(60);

  /**
   * One address.
   *
   * @param connected whether somebody listens there
   * @param problem why there was no TLS; empty if there was
   */
  record Try(InetAddress address, boolean connected, String problem) {}

  static TlsVisit of(
      List<InetAddress> addresses, int port, Optional<StartTls> startTls, TlsUpgrade upgrade) {
    List<Try> tries = new ArrayList<>();
    try (Connector connector = new Connector()) {
      for (InetAddress address : addresses) {
        boolean connected = false;
        try (Connection connection =
            connector.connect(
                new InetSocketAddress(address, port),
                Optional.empty(),
                new Connector.Timeouts(CONNECT, STEP, STEP))) {
          connected = true;
          connection.deadline(WHOLE);
          if (startTls.isPresent()) {
            startTls.get().begin(connection);
          }
          connection.startTls(upgrade);
          tries.add(new Try(address, true, ""));
          return new TlsVisit(List.copyOf(tries), connection.tls());
        } catch (IOException e) {
          tries.add(new Try(address, connected, String.valueOf(e.getMessage())));
        }
      }
    }
    return new TlsVisit(List.copyOf(tries), Optional.empty());
  }

  /** Whether anybody listens at any of the addresses. */
  boolean connected() {
    return tries.stream().anyMatch(Try::connected);
  }
}
