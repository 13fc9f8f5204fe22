package org.thurn.transfer.relay;

import java.util.List;
import java.util.Optional;
import org.thurn.sasl.SaslClient;
import org.thurn.sasl.SaslClients;
import org.thurn.smtp.client.LoginClient;

/** With which a smarthost knows us. Used under TLS or on loopback only. */
public record Credentials(String user, String password) {
  /** The best mechanism of those that the server offers and we speak, over a private line. */
  Optional<SaslClient> client(List<String> mechanisms) {
    Optional<SaslClient> best = new SaslClients().choose(mechanisms, user, password, true);
    return best.isEmpty() && mechanisms.contains("LOGIN")
        ? Optional.of(new LoginClient(user, password))
        : best;
  }

  @Override
  public String toString() {
    return user;
  }
}
