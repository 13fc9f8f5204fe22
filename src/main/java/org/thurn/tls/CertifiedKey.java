package org.thurn.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate chain with the private key of its first certificate: what a server shows and what
 * it proves itself with.
 *
 * @param chain own certificate first
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key) {
  private static final int DNS_NAME = 2;

  public CertifiedKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has a certificate");
    }
  }

  /**
   * Puts them together.
   *
   * @throws GeneralSecurityException if the key is not the first certificate's
   */
  public static CertifiedKey of(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException {
    Belonging.check(chain.getFirst(), key);
    return new CertifiedKey(chain, key);
  }

  /**
   * Reads both from PEM files (RFC 7468).
   *
   * @param certificateFile the chain, the server's own certificate first
   * @param keyFile its private key, without a password
   * @throws IOException naming the file and what is wrong with it
   */
  static CertifiedKey read(Path certificateFile, Path keyFile) throws IOException {
    List<X509Certificate> chain = Pem.certificates(certificateFile);
    PrivateKey key = Pem.privateKey(keyFile);
    try {
      return of(chain, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s cannot be used: %s".formatted(certificateFile, keyFile, e.getMessage()), e);
    }
  }

  /** The server's own certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** The DNS names that the certificate is for, in lower case, {@code *.example.org} among them. */
  public Set<String> names() {
    return names(certificate());
  }

  /** The DNS names of a certificate's subjectAltName, in lower case (RFC 5280 §4.2.1.6). */
  public static Set<String> names(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        all.stream()
            .filter(name -> name.get(0).equals(DNS_NAME))
            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
            .forEach(names::add);
      }
    } catch (CertificateParsingException e) {
      return Set.of(); // a certificate whose names cannot be read is nobody's
    }
    return names;
  }

  /** The kind of key as TLS libraries call it: EC or RSA. */
  String type() {
    return key.getAlgorithm().equals("RSA") ? "RSA" : "EC";
  }
}
