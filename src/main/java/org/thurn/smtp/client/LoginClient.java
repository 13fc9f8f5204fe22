package org.thurn.smtp.client;

import java.nio.charset.StandardCharsets;
import org.thurn.sasl.SaslClient;

/**
 * LOGIN, which no RFC defines and some smarthosts offer alone: the name first, then the password at
 * the server's next prompt, whatever it says. Only for use under TLS.
 */
public final class LoginClient implements SaslClient {
  private final String user;
  private final String password;
  private boolean sent;

  public LoginClient(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String mechanism() {
    return "LOGIN";
  }

  @Override
  public byte[] initial() {
    return user.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Step challenge(byte[] data) {
    if (sent) {
      return new Step.Failure("a third prompt");
    }
    sent = true;
    return new Step.Response(password.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean complete() {
    return true;
  }
}
