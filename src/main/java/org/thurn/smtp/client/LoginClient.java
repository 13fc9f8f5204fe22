package org.thurn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * LOGIN, which no RFC defines: the server prompts for the name, then for the password. The prompts'
 * wording varies, so their order counts. Only for use under TLS.
 */
public final class LoginClient implements SaslClient {
  private final String user;
  private final String password;
  private int prompts;

  public LoginClient(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public String mechanism() {
    return "LOGIN";
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> respond(byte[] challenge) {
    prompts++;
    return switch (prompts) {
      case 1 -> Optional.of(user.getBytes(StandardCharsets.UTF_8));
      case 2 -> Optional.of(password.getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
  }
}
