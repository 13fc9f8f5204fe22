package org.thurn.server;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Starts HTTP servers. Helidon tells of a port that is taken in its own log alone. */
public final class WebStart {
  private WebStart() {}

  /**
   * Starts the server that was built for {@code address}.
   *
   * @throws BindException naming an address that cannot be had
   */
  public static void start(WebServer server, InetSocketAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (BindException e) {
      throw refused(address, String.valueOf(e.getMessage()));
    }
    server.start();
    if (!server.isRunning()) {
      throw refused(address, "it cannot be listened at");
    }
  }

  private static BindException refused(InetSocketAddress address, String why) {
    return new BindException(
        "http " + address.getAddress().getHostAddress() + "#" + address.getPort() + ": " + why);
  }
}
