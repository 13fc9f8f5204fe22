package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.thurn.tls.acme.HttpChallenges;

/**
 * The HTTP listener: {@code /metrics} and the challenges of certificate authorities for now; JMAP
 * and the webmail come here.
 */
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
  static WebListener open(ListenerSetting setting, Metrics metrics, HttpChallenges challenges)
      throws IOException {
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
                    routing
                        .get(
                            "/metrics",
                            (_, response) ->
                                response
                                    .header(
                                        HeaderNames.CONTENT_TYPE,
                                        "text/plain; version=0.0.4; charset=utf-8")
                                    .send(metrics.scrape()))
                        .get(
                            HttpChallenges.PATH + "{token}",
                            (request, response) ->
                                answer(
                                    response,
                                    challenges.authorization(
                                        request.path().pathParameters().get("token")))))
            .build();
    WebStart.start(server, address);
    return new WebListener(server);
  }

  private static void answer(ServerResponse response, Optional<String> authorization) {
    if (authorization.isPresent()) {
      // RFC 8555 §8.3: the octets of the key authorization
      response
          .header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
          .send(authorization.get());
    } else {
      response.status(Status.NOT_FOUND_404).send();
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
