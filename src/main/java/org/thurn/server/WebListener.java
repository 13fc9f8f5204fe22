package org.thurn.server;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.net.IpNetwork;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;
import org.thurn.tls.acme.HttpChallenges;
import org.thurn.tls.mtasts.OwnPolicies;
import org.thurn.tls.mtasts.PolicyFetch;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.transfer.tlsreports.TlsReportIntake;

/**
 * The HTTP and HTTPS listeners. Both show the policies of MTA-STS: others fetch them by HTTPS alone
 * (RFC 8461 §3.3), which a proxy may speak for us; and take TLS reports. The metrics and what
 * certificate authorities ask for are on the first only. JMAP and the webmail come here.
 */
final class WebListener implements AutoCloseable {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_REQUESTS = 100;

  /** A TLS report's; nothing else that comes is looked at. */
  private static final int MAX_PAYLOAD = TlsReportIntake.MAX_POSTED;

  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LAST_REQUESTS = Duration.ofMillis(500);

  private final WebServer server;

  private WebListener(WebServer server) {
    this.server = server;
  }

  /**
   * What is shown.
   *
   * @param trusted who may see the metrics beside this machine itself: challenges are for the world
   */
  record Pages(
      Metrics metrics,
      Supplier<List<IpNetwork>> trusted,
      HttpChallenges challenges,
      OwnPolicies policies,
      PostedReports reports) {
    private void route(HttpRouting.Builder routing, boolean plain) {
      routing.get(PolicyFetch.PATH, this::policy).post(PostedReports.PATH, reports::take);
      if (plain) {
        routing
            .get("/metrics", this::metrics)
            .get(HttpChallenges.PATH + "{token}", this::challenge);
      } else {
        routing.addFilter(new BrowserRules()); // by HTTP nobody would believe them, RFC 6797 §8.1
      }
    }

    private void policy(ServerRequest request, ServerResponse response) {
      answer(response, "text/plain", policies.at(request.authority()).map(StsPolicy::text));
    }

    private void challenge(ServerRequest request, ServerResponse response) {
      String token = request.path().pathParameters().get("token");
      // RFC 8555 §8.3: the octets of the key authorization
      answer(response, "application/octet-stream", challenges.authorization(token));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
      Optional<String> text =
          request.remotePeer().address() instanceof InetSocketAddress client
                  && maySee(client.getAddress(), trusted.get())
              ? Optional.of(metrics.scrape())
              : Optional.empty();
      answer(response, METRICS_TYPE, text);
    }
  }

  /**
   * Opens it; a {@link java.net.BindException} names an address that cannot be had.
   *
   * @param tls with the first octet; empty for plain HTTP
   * @param time by which a handshake is limited
   */
  static WebListener open(ListenerSetting setting, Pages pages, Optional<TlsUpgrade> tls, Time time)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(setting.address().orElseThrow(), setting.port());
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(address.getAddress().getHostAddress())
            .port(address.getPort())
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxConcurrentRequests(MAX_REQUESTS)
            .maxPayloadSize(MAX_PAYLOAD)
            .idleConnectionTimeout(IDLE)
            .shutdownGracePeriod(LAST_REQUESTS)
            .shutdownHook(false)
            .routing(routing -> pages.route(routing, tls.isEmpty()));
    if (tls.isPresent()) {
      WebTls.Limit limit = new WebTls.Limit(WebTls.HANDSHAKE, time);
      builder
          .useNio(false) // the upgrade takes sockets
          .tls(Tls.builder().sslContext(WebTls.context(tls.get(), limit)).build());
    }
    WebServer server = builder.build();
    WebStart.start(server, address);
    return new WebListener(server);
  }

  /** This machine, and the networks that are trusted. */
  static boolean maySee(InetAddress client, List<IpNetwork> trusted) {
    return client.isLoopbackAddress()
        || trusted.stream().anyMatch(network -> network.contains(client));
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
