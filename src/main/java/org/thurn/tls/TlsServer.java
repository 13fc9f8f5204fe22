package org.thurn.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.thurn.name.Domain;
import org.thurn.net.TlsUpgrade;

/**
 * The server's side of TLS: certificates with their keys, of which each client is shown the one for
 * the name that it asks for. They come from PEM files, read again when they change, and from
 * whoever obtains them here. Running sessions keep the certificate that they began with.
 */
public final class TlsServer implements TlsUpgrade {
  /** The protocol of RFC 8737 §4. */
  static final String ACME = "acme-tls/1";

  private final List<Pair> files;
  private final Map<String, SSLContext> challenges = new ConcurrentHashMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private List<Read> read;
  private List<CertifiedKey> obtained;
  private volatile Shown shown;

  /**
   * Two PEM files.
   *
   * @param certificate the chain, the server's own certificate first
   * @param key its private key, without a password
   */
  public record Pair(Path certificate, Path key) {}

  /** The files as they were read. */
  private record Read(CertifiedKey key, FileTime certified, FileTime keyed) {
    static Read from(Pair files) throws IOException {
      FileTime certified = Files.getLastModifiedTime(files.certificate);
      FileTime keyed = Files.getLastModifiedTime(files.key);
      return new Read(CertifiedKey.read(files.certificate, files.key), certified, keyed);
    }

    boolean isCurrent(Pair files) throws IOException {
      return Files.getLastModifiedTime(files.certificate).equals(certified)
          && Files.getLastModifiedTime(files.key).equals(keyed);
    }
  }

  /** What new sessions are shown: clients that can check ECDSA, and the others. */
  private record Shown(ServerKeys keys, SSLContext modern, SSLContext rsa) {
    static Shown of(List<CertifiedKey> all, CertifiedKey usual) {
      ServerKeys keys = new ServerKeys(all, usual, "EC");
      return new Shown(keys, context(keys), context(new ServerKeys(all, usual, "RSA")));
    }

    private static SSLContext context(ServerKeys keys) {
      return Handshake.context(new KeyManager[] {keys}, NobodyAsked.INSTANCE);
    }
  }

  private TlsServer(List<Pair> files, List<CertifiedKey> obtained) throws IOException {
    this.files = List.copyOf(files);
    this.read = new ArrayList<>();
    for (Pair pair : files) {
      read.add(Read.from(pair));
    }
    this.obtained = List.copyOf(obtained);
    this.shown = show();
  }

  /**
   * Reads one certificate, which every client is shown.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public TlsServer(Path certificate, Path key) throws IOException {
    this(List.of(new Pair(certificate, key)), List.of());
  }

  /**
   * Reads certificates. Each is for the names that stand in it; of several for one name the first
   * wins, but for an RSA and an EC certificate, which stand side by side.
   *
   * @param files the first is the default
   * @throws IOException naming the file and what is wrong with it
   */
  public static TlsServer of(List<Pair> files) throws IOException {
    return new TlsServer(files, List.of());
  }

  /** Shows what was obtained elsewhere: there are no files. */
  public static TlsServer showing(CertifiedKey usual) {
    try {
      return new TlsServer(List.of(), List.of(usual));
    } catch (IOException e) {
      throw new IllegalStateException("no file was read", e);
    }
  }

  /**
   * Shows these beside those of the files, which stay the default. For their own names they go
   * before the files'.
   *
   * @param keys all that there are now; where there are no files the first is the default, and an
   *     empty list changes nothing
   */
  public void obtained(List<CertifiedKey> keys) {
    changing.lock();
    try {
      if (!(keys.isEmpty() && files.isEmpty())) {
        obtained = List.copyOf(keys);
        shown = show();
      }
    } finally {
      changing.unlock();
    }
  }

  private Shown show() {
    List<CertifiedKey> all = new ArrayList<>(obtained);
    read.forEach(one -> all.add(one.key));
    CertifiedKey usual = read.isEmpty() ? obtained.getFirst() : read.getFirst().key;
    return Shown.of(all, usual);
  }

  /** The chain that a client is shown that asks for no name, own certificate first. */
  public List<X509Certificate> chain() {
    return shown.keys.chosen(Optional.empty()).chain();
  }

  /** The chain that a client is shown that asks for this name. */
  public List<X509Certificate> chain(Domain name) {
    return shown.keys.chosen(Optional.of(name.ascii())).chain();
  }

  /**
   * Reads those files again that changed.
   *
   * @return whether any had
   * @throws IOException if some cannot be used; of these the old ones stay
   */
  public boolean reload() throws IOException {
    changing.lock();
    try {
      List<IOException> failures = new ArrayList<>();
      List<Read> now = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        now.add(again(files.get(i), read.get(i), failures));
      }
      boolean changed = !now.equals(read);
      if (changed) {
        read = now;
        shown = show();
      }
      if (!failures.isEmpty()) {
        IOException first = failures.removeFirst();
        failures.forEach(first::addSuppressed);
        throw first;
      }
      return changed;
    } finally {
      changing.unlock();
    }
  }

  private static Read again(Pair files, Read before, List<IOException> failures) {
    try {
      return before.isCurrent(files) ? before : Read.from(files);
    } catch (IOException e) {
      failures.add(e); // told by the caller, when the others have been read
      return before;
    }
  }

  /**
   * Answers tls-alpn-01 (RFC 8737): whoever offers the protocol {@value #ACME} and asks for this
   * name is shown this certificate, and the connection ends. For an authority that asks at port 443
   * this must be behind the listener there.
   */
  public void challenge(Domain name, CertifiedKey key) {
    challenges.put(
        name.ascii(),
        Handshake.context(
            new KeyManager[] {new ServerKeys(List.of(key), key, key.type())},
            NobodyAsked.INSTANCE));
  }

  /** Ends {@link #challenge}. */
  public void withdraw(Domain name) {
    challenges.remove(name.ascii());
  }

  /** Clients may resume their sessions, by tickets. */
  @Override
  public Upgraded handshake(Socket plain) throws IOException {
    Upgraded upgraded = upgraded(plain, true);
    return new Upgraded(new TicketedSocket(upgraded.socket()), upgraded.session());
  }

  /** The same, but nobody gets a ticket, and the socket is the library's own {@link SSLSocket}. */
  public TlsUpgrade withoutTickets() {
    return plain -> upgraded(plain, false);
  }

  private Upgraded upgraded(Socket plain, boolean tickets) throws IOException {
    Shown now = shown;
    if (challenges.isEmpty() && !now.keys.differ()) {
      return upgraded(now.modern, plain, tickets, List.of());
    }
    // only now its hello decides what the library cannot
    HelloReader reader = new HelloReader();
    ClientHello hello = reader.read(plain.getInputStream());
    Socket again = new ReplayedSocket(plain, reader.octets());
    if (hello.protocols().equals(List.of(ACME))) {
      SSLContext challenge = hello.serverName().map(challenges::get).orElse(null);
      if (challenge != null) {
        upgraded(challenge, again, false, hello.protocols())
            .socket()
            .close(); // RFC 8737 §3: no more
        throw new IOException("it was an authority's challenge, and answered");
      }
    }
    return upgraded(hello.checksEcdsa() ? now.modern : now.rsa, again, tickets, List.of());
  }

  private static Upgraded upgraded(
      SSLContext context, Socket plain, boolean tickets, List<String> protocols)
      throws IOException {
    SSLSocket socket = Handshake.accept(context, plain, tickets, protocols);
    return new Upgraded(
        socket, AgreedSession.of(socket, AgreedSession.requestedName(socket.getSession())));
  }

  /** A mail server asks no client for a certificate. */
  private enum NobodyAsked implements X509TrustManager {
    INSTANCE;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("no client certificate was asked for");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("this is the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
