package org.thurn.server;

import java.util.List;
import org.thurn.tls.TlsServer;

/**
 * {@code [[certificate]]}: certificates beside that of {@code [tls]}, for the names in them.
 *
 * @param files in the file's order
 */
public record CertificateSettings(List<TlsServer.Pair> files) {
  /** What a file without them has. */
  public static final CertificateSettings NONE = new CertificateSettings(List.of());

  public CertificateSettings {
    files = List.copyOf(files);
  }
}
