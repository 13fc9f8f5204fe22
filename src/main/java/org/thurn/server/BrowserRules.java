package org.thurn.server;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;

/**
 * What every answer by HTTPS tells a browser: that it shall ask this host by HTTPS alone (RFC
 * 6797), and that there is nothing here to be run, framed or guessed at. Programs do not care.
 */
final class BrowserRules implements Filter {
  /**
   * Counted anew with every answer. Hosts below this one may have no TLS at all: they are not
   * included.
   */
  private static final Duration HTTPS_ALONE = Duration.ofDays(365);

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response
        .header("Strict-Transport-Security", "max-age=" + HTTPS_ALONE.toSeconds())
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff");
    chain.proceed();
  }
}
