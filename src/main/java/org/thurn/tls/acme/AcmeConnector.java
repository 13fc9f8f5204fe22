package org.thurn.tls.acme;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** How acme4j connects to an authority: over HTTPS, checked, and with limits. */
final class AcmeConnector extends GenericAcmeProvider {
  private final Optional<SSLContext> trust;

  /**
   * @param trust whom to believe that the authority is who it says; the system's where absent
   */
  AcmeConnector(Optional<SSLContext> trust) {
    this.trust = trust;
  }

  @Override
  public boolean accepts(URI directory) {
    return true;
  }

  @Override
  public HttpClient createHttpClient(NetworkSettings settings) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(settings.getTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    trust.ifPresent(builder::sslContext);
    return new LimitedClient(builder.build());
  }
}
