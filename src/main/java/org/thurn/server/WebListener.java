package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.BindException;
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

  /** Opens it; a {@link BindException} names an address that cannot be had. */
  static WebListener open(ListenerSetting setting, Metrics metrics) throws IOException {
    WebServer server =
        WebServer.builder()
            .host(setting.address().orElseThrow().getHostAddress())
            .port(setting.port())
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
    try {
      server.start();
    } catch (RuntimeException e) {
      server.stop();
      throw refused(setting, e);
    }
    return new WebListener(server);
  }

  /** Helidon tells of a port that is taken with an unchecked exception around the cause. */
  private static IOException refused(ListenerSetting setting, RuntimeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    BindException named = new BindException(setting + ": " + cause.getMessage());
    named.initCause(failure);
    return named;
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
