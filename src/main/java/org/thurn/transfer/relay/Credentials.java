package org.thurn.transfer.relay;

import java.util.List;
import java.util.Optional;
import org.thurn.smtp.client.LoginClient;
import org.thurn.smtp.client.PlainClient;
import org.thurn.smtp.client.SaslClient;

/** With which a smarthost knows us. Used under TLS or on loopback only. */
public record Credentials(String user, String password) {
  /** The best mechanism of those that the server offers and we speak. */
  Optional<SaslClient> client(List<String> mechanisms) {
    if (mechanisms.contains("PLAIN")) {
      return Optional.of(new PlainClient(user, password));
    }
    return mechanisms.contains("LOGIN")
        ? Optional.of(new LoginClient(user, password))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return user;
  }
}
