package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The HTTP listener: {@code /metrics} for now; JMAP and the webmail come here. */
final class WebListener implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_REQUESTS = 100;
  private static final int MAX_PAYLOAD = 64 << 10;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LAST_REQUESTS = Duration.ofMillis(500);

  private final WebServer server;

  private WebListener(WebServer server) {
    this.server = server;
  }

  /** Opens it; a {@link java.net.BindException} names an address that cannot be had. */
  static WebListener open(ListenerSetting setting, Metrics metrics) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(setting.address().orElseThrow(), setting.port());
    WebServer server =
        WebServer.builder()
            .host(address.getAddress().getHostAddress())
            .port(address.getPort())
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxConcurrentRequests(MAX_REQUESTS)
            .maxPayloadSize(MAX_PAYLOAD)
            .idleConnectionTimeout(IDLE)
            .shutdownGracePeriod(LAST_REQUESTS)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.get(
                        "/metrics",
                        (_, response) ->
                            response
                                .header(
                                    HeaderNames.CONTENT_TYPE,
                                    "text/plain; version=0.0.4; charset=utf-8")
                                .send(metrics.scrape())))
            .build();
    WebStart.start(server, address);
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
