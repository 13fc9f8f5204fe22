package org.thurn.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.net.IpNetwork;
import org.thurn.tls.acme.HttpChallenges;

/**
 * The HTTP listener: {@code /metrics} and the challenges of certificate authorities for now; JMAP
 * and the webmail come here.
 */
final class WebListener implements AutoCloseable {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_REQUESTS = 100;
  private static final int MAX_PAYLOAD = 64 << 10;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LAST_REQUESTS = Duration.ofMillis(500);

  private final WebServer server;

  private WebListener(WebServer server) {
    this.server = server;
  }

  /**
   * Opens it; a {@link java.net.BindException} names an address that cannot be had.
   *
   * @param trusted who may see the metrics beside this machine itself: challenges are for the world
   */
  static WebListener open(
      ListenerSetting setting, List<IpNetwork> trusted, Metrics metrics, HttpChallenges challenges)
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
                            (request, response) ->
                                answer(
                                    response,
                                    METRICS_TYPE,
                                    Optional.of(request)
                                        .filter(from -> maySee(from, trusted))
                                        .map(_ -> metrics.scrape())))
                        .get(
                            HttpChallenges.PATH + "{token}",
                            (request, response) ->
                                answer(
                                    response,
                                    // RFC 8555 §8.3: the octets of the key authorization
                                    "application/octet-stream",
                                    challenges.authorization(
                                        request.path().pathParameters().get("token")))))
            .build();
    WebStart.start(server, address);
    return new WebListener(server);
  }

  private static boolean maySee(ServerRequest request, List<IpNetwork> trusted) {
    return request.remotePeer().address() instanceof InetSocketAddress from
        && (from.getAddress().isLoopbackAddress()
            || trusted.stream().anyMatch(network -> network.contains(from.getAddress())));
  }

  private static void answer(ServerResponse response, String type, Optional<String> text) {
    if (text.isPresent()) {
      response.header(HeaderNames.CONTENT_TYPE, type).send(text.get());
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
