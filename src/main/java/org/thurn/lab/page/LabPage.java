package org.thurn.lab.page;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;

/** The lab's page. */
public final class LabPage implements AutoCloseable {
  private final WebServer server;

  private LabPage(WebServer server) {
    this.server = server;
  }

  /** Opens the page on loopback. */
  public static LabPage open(int port, LabView view) throws IOException {
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.get("/", (_, response) -> response.send(view.sites().toString())))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new BindException("the page at 127.0.0.1#" + port + ": " + e.getMessage());
    }
    return new LabPage(server);
  }

  /** Where a browser finds it. */
  public String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  @Override
  public void close() {
    server.stop();
  }
}
