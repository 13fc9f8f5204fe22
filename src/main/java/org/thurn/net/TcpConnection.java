package org.thurn.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A TCP connection, accepted or opened, with or without TLS. */
final class TcpConnection extends StreamConnection {
  /** For the handshake as a whole, however the peer stretches it. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);

  private static final Duration CLOSE = Duration.ofSeconds(1);

  /** Waits from this on are the watchdog's, which is less exact and costs less. */
  private static final long LONG_MILLIS = 5_000;

  /** How much later the watchdog strikes where the socket's own time-out is to tell first. */
  private static final long GRACE_MILLIS = 2_000;

  private final Socket raw;
  private final Endpoint remote;
  private final Endpoint local;
  private Socket current;
  private Optional<TlsSession> tls = Optional.empty();
  private long readTimeoutMillis;
  private int ownTimeoutMillis;

  TcpConnection(Socket socket, Endpoint remote, Endpoint local, Limits limits) throws IOException {
    super(new Channels(socket.getInputStream(), socket.getOutputStream()), limits);
    this.raw = socket;
    this.current = socket;
    this.remote = remote;
    this.local = local;
    // replies are small and each is waited for: Nagle's algorithm would cost 40 ms a command
    socket.setTcpNoDelay(true);
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public Endpoint local() {
    return local;
  }

  @Override
  boolean hasRawInput() throws IOException {
    return current.getInputStream().available() > 0;
  }

  @Override
  public void readTimeout(Duration timeout) {
    readTimeoutMillis = timeout.toMillis();
  }

  @Override
  void beforeRead(long leftMillis) throws SocketException {
    long millis = readTimeoutMillis == 0 ? leftMillis : Math.min(readTimeoutMillis, leftMillis);
    boolean isLong = millis >= LONG_MILLIS;
    ownTimeout(isLong ? 0 : (int) millis);
    guard().readWithin(isLong ? millis : millis + GRACE_MILLIS);
  }

  private void ownTimeout(int millis) throws SocketException {
    if (millis != ownTimeoutMillis) {
      raw.setSoTimeout(millis);
      ownTimeoutMillis = millis;
    }
  }

  @Override
  public Optional<TlsSession> tls() {
    return tls;
  }

  @Override
  public void startTls(TlsUpgrade upgrade) throws IOException {
    out().flush();
    guard().writeWithin(HANDSHAKE);
    try {
      ownTimeout(0);
      TlsUpgrade.Upgraded upgraded = upgrade.handshake(raw);
      current = upgraded.socket();
      tls = Optional.of(upgraded.session());
      switchTo(current.getInputStream(), current.getOutputStream());
    } catch (IOException e) {
      if (guard().expired()) {
        throw new SocketTimeoutException("the TLS handshake took too long");
      }
      throw e;
    } finally {
      guard().writeAtRest();
    }
  }

  @Override
  void endInput() {
    try {
      raw.shutdownInput();
    } catch (IOException e) {
      // the peer was faster: it is closed already
      cutOff();
    }
  }

  @Override
  void cutOff() {
    try {
      raw.close();
    } catch (IOException e) {
      // close has released the descriptor all the same: there is nothing else to do
      return;
    }
  }

  @Override
  public void close() {
    if (tls.isPresent() && !raw.isClosed()) {
      guard().writeWithin(CLOSE);
      try {
        current.close();
      } catch (IOException e) {
        // the close alert is a courtesy that the peer did not wait for
        cutOff();
      }
    }
    cutOff();
    guard().release();
  }
}
