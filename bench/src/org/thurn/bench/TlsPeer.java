package org.thurn.bench;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;

/**
 * A client of TLS which believes everybody and never resumes: every handshake is a whole one. The
 * library is the one that Thurn's own client uses.
 */
final class TlsPeer {
  private static final Provider CONSCRYPT = Conscrypt.newProviderBuilder().build();

  /** The groups that it offers, which alone differ. */
  enum Offer {
    CLASSIC("X25519", "X25519", "P-256"),
    HYBRID("X25519MLKEM768, X25519", "X25519MLKEM768", "X25519", "P-256");

    final String label;
    private final String[] groups;

    Offer(String label, String... groups) {
      this.label = label;
      this.groups = groups;
    }
  }

  private final Offer offer;
  private final Counting counting = new Counting();
  private final SSLContext context;
  private final AtomicLong begun = new AtomicLong();

  TlsPeer(Offer offer) throws GeneralSecurityException {
    this.offer = offer;
    context = SSLContext.getInstance("TLS", CONSCRYPT);
    context.init(null, new X509TrustManager[] {counting}, null);
  }

  /** Performs a handshake. */
  SSLSocket handshake(Socket plain) throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    Conscrypt.setUseEngineSocket(factory, true);
    // sessions are remembered by the name that is asked for: each asks for another
    String name = "mx%d.bench.example".formatted(begun.incrementAndGet());
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, plain.getPort(), true);
    Conscrypt.setNamedGroups(socket, offer.groups);
    socket.startHandshake();
    return socket;
  }

  /** Version and group that were agreed on. */
  static String agreed(SSLSocket socket) {
    return socket.getSession().getProtocol() + ", " + Conscrypt.getGroupName(socket);
  }

  /** Handshakes in which the server proved itself, since this was asked for the last time. */
  long whole() {
    return counting.asked.getAndSet(0);
  }

  /** A resumed session is not asked about. */
  private static final class Counting implements X509TrustManager {
    private final AtomicLong asked = new AtomicLong();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("this is the client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      asked.incrementAndGet();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
