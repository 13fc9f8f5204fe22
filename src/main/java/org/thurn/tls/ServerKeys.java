package org.thurn.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a client is shown by the name that it asks for (RFC 6066 §3): a certificate with
 * that very name, then one with a wildcard for it, then the default. A client that asks for nothing
 * or for a stranger gets the default too: mail servers are asked by many names, and a handshake
 * that fails over a name helps nobody.
 *
 * <p>Asked while the client's hello is at hand. It never changes: new certificates are a new one.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private final List<CertifiedKey> keys;
  private final CertifiedKey usual;
  private final String type;

  /**
   * @param keys of several for a name the earlier ones win
   * @param usual the default, one of them
   * @param type the kind of key that is shown where there are two, EC or RSA
   */
  ServerKeys(List<CertifiedKey> keys, CertifiedKey usual, String type) {
    this.keys = List.copyOf(keys);
    this.usual = usual;
    this.type = type;
  }

  /** Whether there are both kinds of keys, so that it matters what a client can check. */
  boolean differ() {
    return keys.stream().map(CertifiedKey::type).distinct().count() > 1;
  }

  /** What a client is shown that asks for this name. */
  CertifiedKey chosen(Optional<String> name) {
    List<CertifiedKey> candidates = candidates(name);
    return candidates.stream()
        .filter(key -> key.type().equals(type))
        .findFirst()
        .orElse(candidates.getFirst());
  }

  private List<CertifiedKey> candidates(Optional<String> asked) {
    if (asked.isPresent()) {
      String name = asked.get().toLowerCase(Locale.ROOT);
      List<CertifiedKey> exact = all(key -> key.names().contains(name));
      List<CertifiedKey> found =
          exact.isEmpty()
              ? all(key -> key.names().stream().anyMatch(n -> CertificateName.matches(n, name)))
              : exact;
      if (!found.isEmpty()) {
        return found;
      }
    }
    return all(key -> key.names().equals(usual.names()));
  }

  private List<CertifiedKey> all(Predicate<CertifiedKey> which) {
    return keys.stream().filter(which).toList();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(keyType, engine.getHandshakeSession());
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return socket instanceof SSLSocket tls ? alias(keyType, tls.getHandshakeSession()) : null;
  }

  private @Nullable String alias(String keyType, SSLSession session) {
    CertifiedKey chosen = chosen(AgreedSession.requestedName(session));
    // asked once for each kind: what is not to be shown must not be there
    return chosen.type().equals(keyType) ? "" + keys.indexOf(chosen) : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return keys.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return keys.get(Integer.parseInt(alias)).key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    throw new UnsupportedOperationException("Conscrypt has it chosen");
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    throw new UnsupportedOperationException("this is the server");
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    throw new UnsupportedOperationException("this is the server");
  }
}
