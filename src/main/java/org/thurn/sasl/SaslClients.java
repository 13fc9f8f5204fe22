package org.thurn.sasl;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses how to log in at another server. */
public final class SaslClients {
  private static final int NONCE_OCTETS = 18;

  private final SecureRandom random = new SecureRandom();

  /**
   * The strongest mechanism that both know, or empty.
   *
   * @param offered the server's list
   * @param encrypted whether the connection has TLS: PLAIN is used over nothing less
   */
  public Optional<SaslClient> choose(
      Collection<String> offered, String user, String password, boolean encrypted) {
    List<String> names = offered.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    Optional<String> enforced = OpaqueString.enforce(password);
    if (names.contains(ScramServer.NAME) && enforced.isPresent()) {
      byte[] octets = new byte[NONCE_OCTETS];
      random.nextBytes(octets);
      String nonce = Base64.getEncoder().encodeToString(octets);
      return Optional.of(new ScramClient(user, enforced.get(), nonce));
    }
    return names.contains(PlainServer.NAME) && encrypted
        ? Optional.of(new PlainClient(user, password))
        : Optional.empty();
  }
}
