package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.net.TlsSession;

/** The mechanisms that this server speaks, over one store of credentials. */
public final class SaslServers implements SaslMechanisms {
  /** RFC 9266 §2. */
  static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";

  static final int EXPORTER_OCTETS = 32;

  private static final int NONCE_OCTETS = 18;

  private final CredentialStore credentials;
  private final byte[] secret;
  private final FailedLogins failures;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secret makes the salts of names that do not exist or have no keys: the same name,
   *     however it is spelt, gets the same salt as long as the secret stays, so that nobody learns
   *     by asking which names exist
   * @param failures shared by every protocol that logs people in
   */
  public SaslServers(CredentialStore credentials, byte[] secret, FailedLogins failures) {
    this.credentials = credentials;
    this.secret = secret.clone();
    this.failures = failures;
  }

  @Override
  public FailedLogins failures() {
    return failures;
  }

  @Override
  public List<String> offered(Optional<TlsSession> tls, boolean plaintextAllowed) {
    if (tls.isEmpty() && !plaintextAllowed) {
      return List.of();
    }
    if (!credentials.keepsScramKeys()) {
      return List.of(PlainServer.NAME, LoginServer.NAME);
    }
    return binding(tls).isEmpty()
        ? List.of(ScramServer.NAME, PlainServer.NAME, LoginServer.NAME)
        : List.of(ScramServer.PLUS, ScramServer.NAME, PlainServer.NAME, LoginServer.NAME);
  }

  @Override
  public Optional<SaslServer> start(
      String mechanism, Optional<TlsSession> tls, boolean plaintextAllowed) {
    String name = mechanism.toUpperCase(Locale.ROOT);
    if (!offered(tls, plaintextAllowed).contains(name)) {
      return Optional.empty();
    }
    return switch (name) {
      case ScramServer.PLUS -> Optional.of(scram(true, tls));
      case ScramServer.NAME -> Optional.of(scram(false, tls));
      case PlainServer.NAME -> Optional.of(new PlainServer(credentials));
      case LoginServer.NAME -> Optional.of(new LoginServer(credentials));
      default -> Optional.empty();
    };
  }

  private SaslServer scram(boolean plus, Optional<TlsSession> tls) {
    byte[] octets = new byte[NONCE_OCTETS];
    random.nextBytes(octets);
    String nonce = Base64.getEncoder().encodeToString(octets);
    return new ScramServer(plus, binding(tls), nonce, this::offer);
  }

  private static Optional<byte[]> binding(Optional<TlsSession> tls) {
    return tls.flatMap(session -> session.exporter(EXPORTER_LABEL, EXPORTER_OCTETS));
  }

  private ScramServer.Offer offer(String user) {
    return credentials
        .scram(user)
        .map(found -> new ScramServer.Offer(Optional.of(found.account()), found.keys()))
        .orElseGet(() -> new ScramServer.Offer(Optional.empty(), falseKeys(user)));
  }

  private ScramKeys falseKeys(String user) {
    byte[] name = credentials.canonical(user).getBytes(UTF_8);
    byte[] made = ScramHash.hmac(secret, name);
    byte[] key = new byte[ScramHash.OCTETS];
    random.nextBytes(key);
    byte[] salt = Arrays.copyOf(made, ScramKeys.SALT_OCTETS);
    return new ScramKeys(salt, ScramKeys.ITERATIONS, key, key);
  }
}
