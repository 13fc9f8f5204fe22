package org.thurn.lab.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps other sites' pages, open in the same browser, away from the lab. A name that is not
 * loopback but leads here (DNS rebinding) is refused, and so is a form that another site sends.
 */
final class Guard implements Filter {
  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");
  private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Referrer-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    Optional<String> refusal = refusal(request);
    if (refusal.isPresent()) {
      response
          .status(Status.FORBIDDEN_403)
          .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
          .send(refusal.get());
    } else {
      chain.proceed();
    }
  }

  private static Optional<String> refusal(RoutingRequest request) {
    return refusal(
        request.headers().first(HeaderNames.HOST).orElse(""),
        request.headers().first(HeaderNames.ORIGIN),
        request.headers().first(SEC_FETCH_SITE),
        request.prologue().method().equals(Method.POST));
  }

  /**
   * Why a request is refused, or empty.
   *
   * @param origin RFC 6454 §7; a browser sends it with every POST
   * @param fetchSite how the page that asks relates to this one (Fetch Metadata)
   */
  static Optional<String> refusal(
      String host, Optional<String> origin, Optional<String> fetchSite, boolean post) {
    if (!LOOPBACK.matcher(host).matches()) {
      return Optional.of("the lab's page answers only to loopback names");
    }
    boolean foreign =
        origin.filter(o -> !o.equals("http://" + host)).isPresent()
            || fetchSite.filter(s -> !s.equals("same-origin") && !s.equals("none")).isPresent();
    return post && foreign ? Optional.of("this form belongs to another site") : Optional.empty();
  }
}
