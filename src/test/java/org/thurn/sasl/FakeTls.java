package org.thurn.sasl;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.thurn.net.TlsSession;

/** A TLS session whose exporter gives octets made of its name. */
public record FakeTls(String name, boolean exports) implements TlsSession {
  @Override
  public String version() {
    return "TLSv1.3";
  }

  @Override
  public String cipherSuite() {
    return "TLS_AES_128_GCM_SHA256";
  }

  @Override
  public Optional<String> group() {
    return Optional.empty();
  }

  @Override
  public List<X509Certificate> peerChain() {
    return List.of();
  }

  @Override
  public Optional<String> serverName() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> exporter(String label, int octets) {
    return exports && label.equals("EXPORTER-Channel-Binding")
        ? Optional.of(ScramHash.hi(name, "exporter".getBytes(StandardCharsets.US_ASCII), 1))
        : Optional.empty();
  }
}
