package org.thurn.server;

import java.util.List;
import java.util.Optional;
import org.thurn.tls.TlsServer;
import org.thurn.tls.acme.AcmeSettings;

/**
 * Certificates beside that of {@code [tls]}.
 *
 * @param files {@code [[certificate]]} in the file's order, for the names in them
 * @param acme {@code [acme]}, those that an authority issues
 * @param update {@code [acme.update]}, whom to tell what is to be in the DNS for them
 */
public record CertificateSettings(
    List<TlsServer.Pair> files, Optional<AcmeSettings> acme, Optional<Settings.Update> update) {
  /** What a file without them has. */
  public static final CertificateSettings NONE =
      new CertificateSettings(List.of(), Optional.empty(), Optional.empty());

  public CertificateSettings {
    files = List.copyOf(files);
  }

  /** Whether they do for TLS without {@code [tls]}. */
  boolean suffice() {
    return acme.isPresent();
  }
}
