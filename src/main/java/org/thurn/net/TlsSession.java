package org.thurn.net;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a TLS handshake agreed on. */
public interface TlsSession {
  /** Such as {@code TLSv1.3}. */
  String version();

  /** The cipher suite's IANA name. */
  String cipherSuite();

  /** The key exchange group, such as {@code X25519MLKEM768}; empty where the library hides it. */
  Optional<String> group();

  /** The peer's chain, its own certificate first; empty if it sent none. */
  List<X509Certificate> peerChain();

  /**
   * What checking the peer's certificate found: {@code verified} if a trusted authority vouches for
   * its name, {@code verified by DANE: …} if a TLSA record does, or the reason why not; empty where
   * nobody asked (a server that wants no certificate).
   */
  default String verification() {
    return "";
  }

  /** Why the peer's certificate was not believed, where somebody asked and it was not. */
  default Optional<Distrust> distrust() {
    return Optional.empty();
  }

  /** The server name that the client asked for (SNI). */
  Optional<String> serverName();

  /**
   * Keying material for channel binding: RFC 5705, and RFC 9266 for {@code tls-exporter}. Empty if
   * the library cannot.
   */
  Optional<byte[]> exporter(String label, int octets);
}
