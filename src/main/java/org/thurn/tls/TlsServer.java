package org.thurn.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.thurn.net.TlsUpgrade;

/**
 * The server's side of TLS: one certificate chain with its key, read from PEM files and read again
 * when they change. Running sessions keep the certificate that they began with.
 */
public final class TlsServer implements TlsUpgrade {
  private final Path certificateFile;
  private final Path keyFile;
  private volatile Loaded loaded;

  /** The files as they were read. */
  private record Loaded(
      SSLContext context, List<X509Certificate> chain, FileTime certified, FileTime keyed) {}

  /**
   * Reads the files.
   *
   * @param certificateFile the chain as PEM, the server's own certificate first
   * @param keyFile its private key as PEM, without a password
   * @throws IOException naming the file and what is wrong with it
   */
  public TlsServer(Path certificateFile, Path keyFile) throws IOException {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.loaded = load();
  }

  /** The chain that new sessions are shown, own certificate first. */
  public List<X509Certificate> chain() {
    return loaded.chain();
  }

  /**
   * Reads the files again if either changed.
   *
   * @return whether they had
   * @throws IOException if they cannot be used; the old ones stay
   */
  public boolean reload() throws IOException {
    Loaded before = loaded;
    if (Files.getLastModifiedTime(certificateFile).equals(before.certified)
        && Files.getLastModifiedTime(keyFile).equals(before.keyed)) {
      return false;
    }
    loaded = load();
    return true;
  }

  private Loaded load() throws IOException {
    FileTime certified = Files.getLastModifiedTime(certificateFile);
    FileTime keyed = Files.getLastModifiedTime(keyFile);
    List<X509Certificate> chain = Pem.certificates(certificateFile);
    PrivateKey key = Pem.privateKey(keyFile);
    try {
      Belonging.check(chain.getFirst(), key);
      SSLContext context = Handshake.context(keyManagers(chain, key), NobodyAsked.INSTANCE);
      return new Loaded(context, chain, certified, keyed);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s cannot be used: %s".formatted(certificateFile, keyFile, e.getMessage()), e);
    }
  }

  private static KeyManager[] keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  @Override
  public Upgraded handshake(Socket plain) throws IOException {
    SSLSocket socket =
        Handshake.perform(loaded.context(), plain, plain.getInetAddress().getHostAddress(), false);
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
