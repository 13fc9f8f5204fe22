package org.thurn.tls.tlsrpt;

import java.util.Optional;
import org.thurn.net.Distrust;

/** How it went with TLS at one mail host. */
public sealed interface TlsOutcome {
  /** In words; empty where there is nothing to say. */
  String words();

  /**
   * There is TLS.
   *
   * @param distrust what the host did not prove, where nobody insisted on it
   */
  record Established(Optional<Distrust> distrust, String words) implements TlsOutcome {}

  /** The host offers no STARTTLS, or refused it. */
  record NotOffered(String words) implements TlsOutcome {}

  /**
   * The handshake failed.
   *
   * @param distrust what the host did not prove; empty if it failed otherwise
   */
  record Failed(Optional<Distrust> distrust, String words) implements TlsOutcome {}

  /** There was no connection, for what the destination publishes or the sender demands. */
  record Avoided(String words) implements TlsOutcome {}
}
