package org.thurn.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>Asked while the client's hello is at hand, of which there may be a thousand a second: what can
 * be known before is looked up only. It never changes: new certificates are a new one.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private final List<CertifiedKey> keys;

  /** As the library has them, which would read them anew for every handshake. */
  private final List<PrivateKey> ready;

  private final Map<String, Integer> byName;
  private final Map<String, Integer> byParent;
  private final int usual;
  private final boolean differ;

  /**
   * @param keys of several for a name the earlier ones win
   * @param usual the default, one of them
   * @param type the kind of key that is shown where there are two, EC or RSA
   */
  ServerKeys(List<CertifiedKey> keys, CertifiedKey usual, String type) {
    this.keys = List.copyOf(keys);
    this.ready = this.keys.stream().map(CertifiedKey::key).map(ServerKeys::ready).toList();
    this.differ = this.keys.stream().map(CertifiedKey::type).distinct().count() > 1;
    Map<String, Integer> names = new HashMap<>();
    List<Integer> alike = new ArrayList<>();
    Set<String> usualNames = usual.names();
    for (boolean wanted : new boolean[] {true, false}) {
      for (int i = 0; i < this.keys.size(); i++) {
        CertifiedKey key = this.keys.get(i);
        if (key.type().equals(type) == wanted) {
          int index = i;
          Set<String> own = key.names();
          own.forEach(name -> names.putIfAbsent(name, index));
          if (own.equals(usualNames)) {
            alike.add(index);
          }
        }
      }
    }
    this.byName = Map.copyOf(names);
    this.byParent = parents(names);
    this.usual = alike.getFirst();
  }

  /** {@code .example.org} for each {@code *.example.org}; a second asterisk matches nothing. */
  private static Map<String, Integer> parents(Map<String, Integer> names) {
    Map<String, Integer> parents = new HashMap<>();
    names.forEach(
        (name, index) -> {
          if (name.startsWith("*.") && name.indexOf('*', 1) < 0) {
            parents.put(name.substring(1), index);
          }
        });
    return Map.copyOf(parents);
  }

  private static PrivateKey ready(PrivateKey key) {
    try {
      return KeyFactory.getInstance(
              key.getAlgorithm().equals("RSA") ? "RSA" : "EC", CryptoProvider.get())
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      return key; // of a curve that the library does not know: the handshake will say so
    }
  }

  /** Whether there are both kinds of keys, so that it matters what a client can check. */
  boolean differ() {
    return differ;
  }

  /** What a client is shown that asks for this name. */
  CertifiedKey chosen(Optional<String> name) {
    return keys.get(index(name));
  }

  private int index(Optional<String> asked) {
    if (asked.isEmpty()) {
      return usual;
    }
    String name = asked.get().toLowerCase(Locale.ROOT);
    Integer exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    // RFC 9525 §6.3: the asterisk stands for one whole label
    int dot = name.indexOf('.');
    return dot > 0 ? byParent.getOrDefault(name.substring(dot), usual) : usual;
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
    int index = index(AgreedSession.requestedName(session));
    // asked once for each kind: what is not to be shown must not be there
    return keys.get(index).type().equals(keyType) ? Integer.toString(index) : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return keys.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return ready.get(Integer.parseInt(alias));
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
