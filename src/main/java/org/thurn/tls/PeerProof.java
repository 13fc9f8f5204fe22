package org.thurn.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.thurn.net.Distrust;

/** Decides by its chain of certificates whether a server is who it should be. */
@FunctionalInterface
public interface PeerProof {
  /**
   * Judges; blocks for nothing.
   *
   * @param chain as the server sent it, its own certificate first; empty if it sent none
   */
  Finding of(List<X509Certificate> chain);

  /** What was decided. */
  sealed interface Finding {
    /** For {@link org.thurn.net.TlsSession#verification()} and people: how, or why not. */
    String words();
  }

  /** The server is who it should be. */
  record Proven(String words) implements Finding {}

  /** It is not, or that cannot be known. */
  record Refused(Distrust reason, String words) implements Finding {}
}
