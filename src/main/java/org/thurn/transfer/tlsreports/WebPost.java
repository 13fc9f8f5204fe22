package org.thurn.transfer.tlsreports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dmarc.Words;
import org.thurn.dns.Addresses;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.http.HttpClient;
import org.thurn.net.http.HttpField;
import org.thurn.net.http.HttpLimits;
import org.thurn.net.http.HttpPeer;
import org.thurn.net.http.HttpRequest;
import org.thurn.net.http.HttpResponse;
import org.thurn.tls.TlsClient;

/**
 * Posts reports by HTTPS, RFC 8460 §5.4. The server need not prove who it is, as §3 allows: a
 * report on a certificate that has expired is to arrive. No redirect is followed.
 */
final class WebPost {
  /** Of one attempt, from the first connection on. */
  private static final Duration TIME = Duration.ofSeconds(60);

  private static final HttpLimits LIMITS = new HttpLimits(TIME, 0);

  private static final int HTTPS = 443;
  private static final String TYPE = "application/tlsrpt+gzip";

  private final Resolver resolver;
  private final HttpClient client;
  private final TlsClient tls;

  WebPost(Resolver resolver, HttpClient client, TlsClient tls) {
    this.resolver = resolver;
    this.client = client;
    this.tls = tls;
  }

  /** Posts; empty if it was taken, or why not. */
  Optional<String> post(URI uri, byte[] packed, TlsReportSettings.Posting posting) {
    try {
      Domain host = Domain.parse(String.valueOf(uri.getHost()));
      int named = uri.getPort();
      if (named >= 0 && named != HTTPS && named != posting.port()) {
        return Optional.of("reports are posted to port 443 only");
      }
      Addresses addresses = Addresses.of(resolver, DnsName.of(host));
      List<InetAddress> allowed =
          addresses.all().stream()
              .filter(address -> posting.inside() || PublicAddress.is(address))
              .toList();
      if (allowed.isEmpty()) {
        return Optional.of(
            addresses.all().isEmpty()
                ? "no address is known of " + host
                : host + " is not in the public internet");
      }
      return answered(
          client.submit(request(host, uri, packed, posting), peer(host, allowed, posting), LIMITS));
    } catch (NameSyntaxException _) {
      return Optional.of("its host is no name");
    } catch (IllegalArgumentException _) {
      return Optional.of("its path cannot be asked for");
    } catch (SocketTimeoutException _) {
      return Optional.of("it takes too long");
    } catch (IOException e) {
      return Optional.of(Words.of(String.valueOf(e.getMessage())));
    }
  }

  private HttpPeer peer(
      Domain host, List<InetAddress> addresses, TlsReportSettings.Posting posting) {
    return new HttpPeer(addresses, posting.port(), posting.from(), tls.opportunistic(host));
  }

  private static HttpRequest request(
      Domain host, URI uri, byte[] packed, TlsReportSettings.Posting posting) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return HttpRequest.post(
        host,
        posting.port(),
        target,
        new HttpRequest.Body(TYPE, packed),
        new HttpField("User-Agent", "thurn"));
  }

  private static Optional<String> answered(HttpResponse response) {
    return response.isSuccess() ? Optional.empty() : Optional.of("it answers " + response.status());
  }
}
