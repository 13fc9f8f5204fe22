package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.name.Mailbox;

/**
 * {@code LOGIN}: never standardized (draft-murchison-sasl-login), but all that some programs know.
 */
final class LoginServer implements SaslServer {
  static final String NAME = "LOGIN";

  private final CredentialStore credentials;
  private boolean asked;
  private @Nullable String user;

  LoginServer(CredentialStore credentials) {
    this.credentials = credentials;
  }

  @Override
  public String mechanism() {
    return NAME;
  }

  @Override
  public Step respond(byte[] response) {
    if (response.length == 0 && !asked) {
      asked = true;
      return new Step.Challenge("Username:".getBytes(US_ASCII));
    }
    Optional<String> text = Utf8.decode(response);
    if (text.isEmpty() || text.get().isEmpty()) {
      return new Step.Failure(user == null ? "" : user, "malformed response");
    }
    if (user == null) {
      user = text.get();
      return new Step.Challenge("Password:".getBytes(US_ASCII));
    }
    Optional<Mailbox> account = credentials.verify(user, text.get());
    return account.isPresent()
        ? new Step.Success(account.get())
        : new Step.Failure(user, "unknown account or wrong password");
  }
}
