package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;

/** The HTTP listener: {@code /metrics} for now; JMAP and the webmail come here. */
final class WebListener implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1_000;

  private final WebServer server;

  private WebListener(WebServer server) {
    this.server = server;
  }

  static WebListener open(ListenerSetting setting, Metrics metrics) throws IOException {
    WebServer server =
        WebServer.builder()
            .host(setting.address().orElseThrow().getHostAddress())
            .port(setting.port())
            .maxTcpConnections(MAX_CONNECTIONS)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.get(
                        "/metrics",
                        (_, response) ->
                            response
                                .header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4")
                                .send(metrics.scrape())))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new BindException(setting + ": " + e.getMessage());
    }
    return new WebListener(server);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
