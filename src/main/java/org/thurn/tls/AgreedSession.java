package org.thurn.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.conscrypt.Conscrypt;
import org.thurn.net.Distrust;
import org.thurn.net.TlsSession;

/** What Conscrypt says of a finished handshake. */
record AgreedSession(
    SSLSocket socket,
    String version,
    String cipherSuite,
    Optional<String> group,
    List<X509Certificate> peerChain,
    Optional<String> serverName,
    String verification,
    Optional<Distrust> distrust)
    implements TlsSession {
  /** As a client, which judged the server. */
  static AgreedSession of(SSLSocket socket, String serverName, PeerProof.Finding finding) {
    Optional<Distrust> distrust =
        finding instanceof PeerProof.Refused refused
            ? Optional.of(refused.reason())
            : Optional.empty();
    return of(socket, Optional.of(serverName), finding.words(), distrust);
  }

  /** As a server, which judges nobody. */
  static AgreedSession of(SSLSocket socket, Optional<String> serverName) {
    return of(socket, serverName, "", Optional.empty());
  }

  private static AgreedSession of(
      SSLSocket socket,
      Optional<String> serverName,
      String verification,
      Optional<Distrust> distrust) {
    SSLSession session = socket.getSession();
    return new AgreedSession(
        socket,
        session.getProtocol(),
        session.getCipherSuite(),
        Optional.ofNullable(Conscrypt.getGroupName(socket)).filter(name -> !name.isEmpty()),
        peerChain(session),
        serverName,
        verification,
        distrust);
  }

  static List<X509Certificate> peerChain(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      // the peer sent no certificate: a client need not
      return List.of();
    }
  }

  /** RFC 6066 §3. */
  static Optional<String> requestedName(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst()
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> exporter(String label, int octets) {
    try {
      // RFC 9266 §2: the context is present and empty, which TLS 1.2 tells from an absent one
      return Optional.ofNullable(
          Conscrypt.exportKeyingMaterial(socket, label, new byte[0], octets));
    } catch (SSLException e) {
      // the connection is closed: there is nothing left to bind to
      return Optional.empty();
    }
  }
}
