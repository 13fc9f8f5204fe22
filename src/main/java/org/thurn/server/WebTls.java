package org.thurn.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;

/**
 * Lets Helidon shake hands as every other listener does: with the same certificates, by the name
 * that the client asks for, and the same algorithms. Helidon wants a context; of this one it uses
 * the factory that puts TLS over a socket.
 */
final class WebTls extends SSLContextSpi {
  /** A client that says nothing during its handshake is left. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** So is one later, also in the midst of a request, where Helidon calls no connection idle. */
  private static final Duration LATER_SILENCE = Duration.ofSeconds(15);

  /** So is one that comes to no end, however many octets it sends one by one. */
  static final Duration HANDSHAKE = Duration.ofSeconds(30);

  private final TlsUpgrade upgrade;
  private final Limit limit;
  private final SSLContext platform;

  /** How long a handshake may take, as a whole, and by which clock. */
  record Limit(Duration handshake, Time time) {}

  private WebTls(TlsUpgrade upgrade, Limit limit, SSLContext platform) {
    this.upgrade = upgrade;
    this.limit = limit;
    this.platform = platform;
  }

  /** A context whose sockets are upgraded so. */
  static SSLContext context(TlsUpgrade upgrade, Limit limit) {
    try {
      SSLContext platform = SSLContext.getDefault();
      return new Context(new WebTls(upgrade, limit, platform), platform);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static final class Context extends SSLContext {
    Context(WebTls spi, SSLContext platform) {
      super(spi, platform.getProvider(), platform.getProtocol());
    }
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new Factory();
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("it is ready as it is");
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return platform.getServerSocketFactory();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return platform.createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return platform.createSSLEngine(host, port);
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return platform.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return platform.getClientSessionContext();
  }

  /** Upgrades accepted sockets, and makes no others. */
  private final class Factory extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket plain, InputStream consumed, boolean autoClose)
        throws IOException {
      plain.setSoTimeout((int) SILENCE.toMillis());
      Thread guard = Thread.ofVirtual().name("https handshake").start(() -> endLater(plain));
      try {
        Socket socket = upgrade.handshake(plain).socket();
        plain.setSoTimeout((int) LATER_SILENCE.toMillis());
        return socket;
      } finally {
        guard.interrupt();
      }
    }

    private void endLater(Socket plain) {
      try {
        limit.time().pause(limit.handshake());
        plain.close();
      } catch (InterruptedException | IOException e) {
        return; // the handshake is over, or the connection is
      }
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
        throws IOException {
      return createSocket(plain, InputStream.nullInputStream(), autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return platform.getDefaultSSLParameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return platform.getSupportedSSLParameters().getCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("nobody is connected to from here");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket("", port);
    }
  }
}
