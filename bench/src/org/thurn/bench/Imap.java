package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** An IMAP session that reads fast because it understands little: lines, and its own tags. */
final class Imap implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];

  /** The line that comes in, as far as it matters. */
  private final byte[] line = new byte[256];

  private int lineOctets;
  private int from;
  private int to;
  private int tags;

  private Imap(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Connects and reads the greeting. */
  static Imap connect(InetSocketAddress address, Optional<SSLSocketFactory> tls)
      throws IOException {
    Socket socket = tls.isPresent() ? tls.get().createSocket() : new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address);
    Imap imap = new Imap(socket);
    imap.linesUntil("* OK");
    return imap;
  }

  /** Of clients that trust one certificate and look at no name. */
  static SSLSocketFactory trusting(Path certificate) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream file = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  void login(String user) throws IOException {
    command("LOGIN " + user + " " + Thurn.PASSWORD);
  }

  /**
   * Sends a command and reads all that it brings.
   *
   * @return how many lines came before OK
   * @throws IOException if it does not end with OK
   */
  long command(String command) throws IOException {
    String tag = send(command);
    return linesUntil(tag + " ");
  }

  /** Sends a command without waiting. */
  String send(String command) throws IOException {
    String tag = "a" + ++tags;
    out.write((tag + " " + command + "\r\n").getBytes(US_ASCII));
    return tag;
  }

  /** Begins to idle: the server says that it waits. */
  void idle() throws IOException {
    send("IDLE");
    linesUntil("+ ");
  }

  /** Reads up to a line that begins so. */
  long linesUntil(String start) throws IOException {
    long lines = 0;
    while (true) {
      readLine();
      String begun = new String(line, 0, Math.min(lineOctets, start.length()), US_ASCII);
      if (begun.equals(start)) {
        String rest = new String(line, 0, Math.min(lineOctets, line.length), US_ASCII);
        if (start.startsWith("a") && !rest.startsWith("OK", start.length())) {
          throw new IOException(rest);
        }
        return lines;
      }
      lines++;
    }
  }

  private void readLine() throws IOException {
    lineOctets = 0;
    while (true) {
      if (from == to) {
        from = 0;
        to = in.read(buffer);
        if (to < 0) {
          throw new IOException("the server hung up");
        }
      }
      int begin = from;
      while (from < to && buffer[from] != '\n') {
        from++;
      }
      int kept = Math.min(from - begin, Math.max(0, line.length - lineOctets));
      System.arraycopy(buffer, begin, line, Math.min(lineOctets, line.length), kept);
      lineOctets = Math.min(line.length, lineOctets + kept);
      if (from < to) {
        from++;
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
