package org.thurn.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;

/** What both sides allow, and how a handshake is done. */
final class Handshake {
  /** Never registered with the platform: it is handed to each context. */
  private static final Provider CONSCRYPT = CryptoProvider.get();

  /** The hybrid of ML-KEM-768 and X25519 first: what is recorded today stays secret. */
  private static final String[] GROUPS = {"X25519MLKEM768", "X25519", "P-256", "P-384"};

  /** RFC 8996 ended what is older. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** For TLS 1.2: forward secrecy and AEAD only, as RFC 9325 §4.2 recommends; 1.3 has no other. */
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private Handshake() {}

  static SSLContext context(KeyManager[] keys, X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", CONSCRYPT);
      context.init(keys, new X509TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt has no TLS", e);
    }
  }

  /**
   * A context for clients that never resume a session: a host has to prove itself each time, by
   * what it is now.
   */
  static SSLContext forgetful(X509TrustManager trust) {
    SSLContext context = context(new KeyManager[0], trust);
    SSLSessionContext sessions = context.getClientSessionContext();
    // Conscrypt offers no session that is older than this, where others take 0 for no limit
    sessions.setSessionTimeout(0);
    sessions.setSessionCacheSize(1); // here it is 0 that would be no limit
    return context;
  }

  /**
   * Performs the handshake of a client.
   *
   * @param host the peer's name, for SNI
   */
  static SSLSocket connect(SSLContext context, Socket plain, String host) throws IOException {
    SSLSocket socket = over(context, plain, host);
    socket.setUseClientMode(true);
    begin(socket);
    return socket;
  }

  /**
   * Performs the handshake of a server.
   *
   * @param tickets whether clients get tickets, by which they may go on with the session when they
   *     come again, as long as there is this context. What is written first must then be little:
   *     see {@link TicketedSocket}
   * @param protocols of the application, of which one must be agreed on (RFC 7301); empty to agree
   *     on none
   */
  static SSLSocket accept(SSLContext context, Socket plain, boolean tickets, List<String> protocols)
      throws IOException {
    SSLSocket socket = over(context, plain, plain.getInetAddress().getHostAddress());
    socket.setUseClientMode(false);
    Conscrypt.setUseSessionTickets(socket, tickets);
    if (!protocols.isEmpty()) {
      Conscrypt.setApplicationProtocols(socket, protocols.toArray(String[]::new));
    }
    begin(socket);
    return socket;
  }

  private static void begin(SSLSocket socket) throws IOException {
    try {
      socket.startHandshake();
    } catch (SSLException e) {
      throw HandshakeWords.of(e);
    }
  }

  private static SSLSocket over(SSLContext context, Socket plain, String host) throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    // the engine reads through the plain socket's streams: blocking a virtual thread, no carrier
    Conscrypt.setUseEngineSocket(factory, true);
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    socket.setEnabledProtocols(PROTOCOLS);
    socket.setEnabledCipherSuites(SUITES);
    Conscrypt.setNamedGroups(socket, GROUPS);
    return socket;
  }
}
