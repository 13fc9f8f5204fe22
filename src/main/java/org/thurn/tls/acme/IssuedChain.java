package org.thurn.tls.acme;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.tls.CertifiedKey;

/**
 * Whether a chain that an authority sent may be shown. It is not checked whether others trust the
 * root: nobody here knows whom the world trusts, and a private authority is nobody's.
 */
final class IssuedChain {
  /** Those in use have two or three; what a client is sent in each handshake stays small. */
  static final int MAX_CERTIFICATES = 10;

  /** Of all together. A certificate has one or two thousand; clients refuse more than this. */
  static final int MAX_OCTETS = 64 << 10;

  private IssuedChain() {}

  /**
   * What is wrong with it; empty if nothing is.
   *
   * @param key that was to be certified
   * @param before what it is to replace
   */
  static Optional<String> defect(
      List<X509Certificate> chain,
      Domain name,
      PublicKey key,
      Optional<X509Certificate> before,
      Instant now) {
    if (chain.isEmpty()) {
      return Optional.of("the authority sent no certificate");
    }
    if (chain.size() > MAX_CERTIFICATES) {
      return Optional.of("the chain has " + chain.size() + " certificates");
    }
    X509Certificate own = chain.getFirst();
    if (!Arrays.equals(own.getPublicKey().getEncoded(), key.getEncoded())) {
      return Optional.of("the certificate is for another key");
    }
    if (!CertifiedKey.names(own).contains(name.ascii())) {
      return Optional.of(
          "the certificate is not for " + name + " but for " + CertifiedKey.names(own));
    }
    if (own.getBasicConstraints() >= 0) {
      return Optional.of("the certificate is an authority's");
    }
    return times(chain, before, now).or(() -> signatures(chain));
  }

  private static Optional<String> times(
      List<X509Certificate> chain, Optional<X509Certificate> before, Instant now) {
    for (X509Certificate certificate : chain) {
      if (certificate.getNotBefore().toInstant().isAfter(now)) {
        return Optional.of(
            "a certificate is valid only from " + certificate.getNotBefore().toInstant());
      }
      if (!certificate.getNotAfter().toInstant().isAfter(now)) {
        return Optional.of("a certificate expired at " + certificate.getNotAfter().toInstant());
      }
    }
    Instant expires = chain.getFirst().getNotAfter().toInstant();
    return before
        .map(old -> old.getNotAfter().toInstant())
        .filter(old -> old.isAfter(now) && expires.isBefore(old))
        .map(old -> "the certificate expires at " + expires + ", before the one it would replace");
  }

  private static Optional<String> signatures(List<X509Certificate> chain) {
    try {
      int octets = chain.getFirst().getEncoded().length;
      for (int i = 1; i < chain.size(); i++) {
        X509Certificate issuer = chain.get(i);
        octets += issuer.getEncoded().length;
        if (issuer.getBasicConstraints() < 0) {
          return Optional.of("certificate " + (i + 1) + " of the chain is no authority's");
        }
        if (!chain.get(i - 1).getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
          return Optional.of("certificate " + (i + 1) + " of the chain issued nothing of it");
        }
        chain.get(i - 1).verify(issuer.getPublicKey());
      }
      return octets > MAX_OCTETS
          ? Optional.of("the chain has " + octets + " octets")
          : Optional.empty();
    } catch (CertificateEncodingException e) {
      return Optional.of("a certificate of the chain has no encoding");
    } catch (GeneralSecurityException e) {
      return Optional.of("the chain's signatures do not lead from one to the next");
    }
  }
}
