package org.thurn.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.Distrust;

/** Certificate authorities, and whether they vouch for a host (RFC 5280 §6, RFC 9525). */
record Authorities(Supplier<X509TrustManager> trusted) {
  /** Of one exception: more than the JDK nests, and an end where causes form a ring. */
  private static final int MAX_CAUSES = 10;

  /** Read at the first handshake: there are more than a hundred, and a start need not wait. */
  private static final class Platform {
    static final X509TrustManager AUTHORITIES = of((KeyStore) null);
  }

  static Authorities ofPlatform() {
    return new Authorities(() -> Platform.AUTHORITIES);
  }

  /**
   * Those of a PEM file.
   *
   * @throws IOException if the file cannot be read
   */
  static Authorities of(Path file) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      List<X509Certificate> certificates = Pem.certificates(file);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("ca" + i, certificates.get(i));
      }
      X509TrustManager manager = of(store);
      return new Authorities(() -> manager);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": cannot be used: " + e.getMessage(), e);
    }
  }

  private static X509TrustManager of(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return x509;
        }
      }
      throw new IllegalStateException("the platform checks no certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform checks no certificates", e);
    }
  }

  /** Whether they vouch for a chain, and its first certificate is the host's. */
  PeerProof.Finding judge(List<X509Certificate> chain, Host host) {
    if (chain.isEmpty()) {
      return new PeerProof.Refused(Distrust.UNTRUSTED, "the server sent no certificate");
    }
    try {
      // UNKNOWN: TLS 1.3 suites do not say how the server authenticates
      trusted.get().checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
    } catch (CertificateException e) {
      return refused(e);
    } catch (RuntimeException e) {
      // the JDK throws what it does not declare for some certificates that Conscrypt has read
      return untrusted(Distrust.UNTRUSTED, "it cannot be read");
    }
    return host instanceof Domain domain && CertificateName.matches(chain.getFirst(), domain)
        ? new PeerProof.Proven(TlsClient.VERIFIED)
        : new PeerProof.Refused(
            Distrust.OTHER_NAME,
            "certificate is not for " + host.ascii() + " but " + names(chain.getFirst()));
  }

  /** The JDK wraps what it found in causes of causes, and in the names of its classes. */
  private static PeerProof.Refused refused(CertificateException failure) {
    Throwable root = failure;
    for (int i = 0; root.getCause() != null && i < MAX_CAUSES; i++) {
      root = root.getCause();
    }
    return switch (root) {
      case CertificateExpiredException _ ->
          untrusted(Distrust.EXPIRED, "its time, or that of one above it, is over");
      case CertificateNotYetValidException _ ->
          untrusted(Distrust.UNTRUSTED, "it, or one above it, is not valid yet");
      // the latter: another authority of the same name
      case CertPathBuilderException _, SignatureException _ ->
          untrusted(Distrust.UNTRUSTED, "no trusted authority vouches for it");
      case Throwable other -> untrusted(Distrust.UNTRUSTED, String.valueOf(other.getMessage()));
    };
  }

  private static PeerProof.Refused untrusted(Distrust reason, String words) {
    return new PeerProof.Refused(reason, "certificate not trusted: " + words);
  }

  private static String names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? certificate.getSubjectX500Principal().getName()
          : Arrays.toString(names.stream().map(name -> name.get(1)).limit(5).toArray());
    } catch (CertificateException e) {
      return certificate.getSubjectX500Principal().getName();
    }
  }
}
