package org.thurn.cli;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What a person wants to know of a certificate.
 *
 * @param names of its subjectAltName
 * @param key type and size, as {@code EC 256}
 * @param signature the algorithm, as Java names it
 * @param sha256 of the whole, in hex
 */
record CertificateFacts(
    String subject,
    List<String> names,
    String issuer,
    Instant from,
    Instant until,
    String key,
    String signature,
    String sha256) {
  static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        certificate.getSubjectX500Principal().getName(),
        names(certificate),
        certificate.getIssuerX500Principal().getName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        key(certificate.getPublicKey()),
        certificate.getSigAlgName(),
        sha256(certificate));
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (GeneralSecurityException _) {
      return List.of(); // names that cannot be read are nobody's
    }
  }

  private static String key(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
      default -> key.getAlgorithm();
    };
  }

  private static String sha256(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that came in a handshake has octets", e);
    }
  }
}
