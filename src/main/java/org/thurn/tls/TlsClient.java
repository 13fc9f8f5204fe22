package org.thurn.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.thurn.dns.DnsName;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.net.Distrust;
import org.thurn.net.DistrustedException;
import org.thurn.net.TlsUpgrade;

/**
 * The client's side of TLS. Every server's certificate is judged by a {@link PeerProof}, and the
 * finding told in {@link org.thurn.net.TlsSession#verification()}; whether a refusal ends the
 * handshake is the caller's choice.
 */
public final class TlsClient {
  /** {@link org.thurn.net.TlsSession#verification()} where an authority vouches for the host. */
  public static final String VERIFIED = "verified";

  private final SSLContext context = Handshake.forgetful(Anyone.INSTANCE);
  private final Authorities authorities;

  private TlsClient(Authorities authorities) {
    this.authorities = authorities;
  }

  /** Trusts the authorities that the platform trusts. */
  public static TlsClient trustingSystem() {
    return new TlsClient(Authorities.ofPlatform());
  }

  /**
   * Trusts the certificates of a PEM file, and no others.
   *
   * @throws IOException if the file cannot be read
   */
  public static TlsClient trusting(Path caFile) throws IOException {
    return new TlsClient(Authorities.of(caFile));
  }

  /** That one of the trusted authorities vouches for the host; of an address nobody does. */
  public PeerProof vouched(Host host) {
    return chain -> authorities.judge(chain, host);
  }

  /** To this host; whatever its certificate is, the connection is better than none (RFC 7435). */
  public TlsUpgrade opportunistic(Host host) {
    return plain -> handshake(plain, serverName(host), vouched(host), false);
  }

  /** As above, asking for the certificate of {@code name}, and judged by another proof. */
  public TlsUpgrade opportunistic(DnsName name, PeerProof proof) {
    return plain -> handshake(plain, name.text(), proof, false);
  }

  /** To this host and nobody else: the handshake fails unless an authority vouches for it. */
  public TlsUpgrade required(Domain host) {
    return authenticated(DnsName.of(host), vouched(host));
  }

  /**
   * To whom the proof takes and nobody else: else the handshake fails with the refusal's words.
   *
   * @param name whose certificate is asked for (SNI): with DANE the TLSA base domain (RFC 7672
   *     §8.1)
   */
  public TlsUpgrade authenticated(DnsName name, PeerProof proof) {
    return plain -> handshake(plain, name.text(), proof, true);
  }

  private static String serverName(Host host) {
    return switch (host) {
      case Domain domain -> domain.ascii();
      case AddressLiteral literal -> literal.address().getHostAddress();
    };
  }

  private TlsUpgrade.Upgraded handshake(Socket plain, String name, PeerProof proof, boolean insist)
      throws IOException {
    SSLSocket socket = Handshake.connect(context, plain, name);
    PeerProof.Finding finding = proof.of(AgreedSession.peerChain(socket.getSession()));
    if (insist && finding instanceof PeerProof.Refused(Distrust reason, String why)) {
      socket.close();
      throw new DistrustedException(reason, why);
    }
    return new TlsUpgrade.Upgraded(socket, AgreedSession.of(socket, name, finding));
  }

  /** In the handshake every server will do; a {@link PeerProof} judges afterwards. */
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
