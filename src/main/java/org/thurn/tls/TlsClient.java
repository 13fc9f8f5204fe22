package org.thurn.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.TlsUpgrade;

/**
 * The client's side of TLS. The server's certificate is always checked, and the finding told in
 * {@link org.thurn.net.TlsSession#verification()}; only {@link #required} makes it matter.
 */
public final class TlsClient {
  /** {@link org.thurn.net.TlsSession#verification()} of a certificate that is right. */
  public static final String VERIFIED = "verified";

  private final SSLContext context = Handshake.context(new KeyManager[0], Anyone.INSTANCE);
  private final Supplier<X509TrustManager> authorities;

  /** Read at the first handshake: there are more than a hundred, and a start need not wait. */
  private static final class Platform {
    static final X509TrustManager AUTHORITIES = authorities(null);
  }

  private TlsClient(Supplier<X509TrustManager> authorities) {
    this.authorities = authorities;
  }

  /** Trusts the authorities that the platform trusts. */
  public static TlsClient trustingSystem() {
    return new TlsClient(() -> Platform.AUTHORITIES);
  }

  /**
   * Trusts the certificates of a PEM file, and no others.
   *
   * @throws IOException if the file cannot be read
   */
  public static TlsClient trusting(Path caFile) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      List<X509Certificate> certificates = Pem.certificates(caFile);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("ca" + i, certificates.get(i));
      }
      X509TrustManager authorities = authorities(store);
      return new TlsClient(() -> authorities);
    } catch (GeneralSecurityException e) {
      throw new IOException(caFile + ": cannot be used: " + e.getMessage(), e);
    }
  }

  private static X509TrustManager authorities(@Nullable KeyStore store) {
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

  /** To this host; whatever its certificate is, the connection is better than none (RFC 7435). */
  public TlsUpgrade opportunistic(Host host) {
    return plain -> handshake(plain, host, false);
  }

  /** To this host and nobody else: the handshake fails unless the certificate is right. */
  public TlsUpgrade required(Domain host) {
    return plain -> handshake(plain, host, true);
  }

  private TlsUpgrade.Upgraded handshake(Socket plain, Host host, boolean required)
      throws IOException {
    String name =
        switch (host) {
          case Domain domain -> domain.ascii();
          case AddressLiteral literal -> literal.address().getHostAddress();
        };
    SSLSocket socket = Handshake.perform(context, plain, name, true);
    List<X509Certificate> chain = AgreedSession.peerChain(socket.getSession());
    String verification = verify(chain, host);
    if (required && !verification.equals(VERIFIED)) {
      socket.close();
      throw new SSLHandshakeException(verification);
    }
    return new TlsUpgrade.Upgraded(
        socket, AgreedSession.of(socket, Optional.of(name), verification));
  }

  /** {@link #VERIFIED}, or why not. */
  private String verify(List<X509Certificate> chain, Host host) {
    if (chain.isEmpty()) {
      return "the server sent no certificate";
    }
    try {
      // UNKNOWN: TLS 1.3 suites do not say how the server authenticates
      authorities.get().checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
    } catch (CertificateException e) {
      return "certificate not trusted: " + e.getMessage();
    }
    return host instanceof Domain domain && CertificateName.matches(chain.getFirst(), domain)
        ? VERIFIED
        : "certificate is not for " + host.ascii() + " but " + names(chain.getFirst());
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

  /** In the handshake every server will do; {@link #verify} looks afterwards. */
  private enum Anyone implements X509TrustManager {
    INSTANCE;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("this is the client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // deliberately empty: see above
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
