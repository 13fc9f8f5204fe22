package org.thurn.sasl;

import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;

/** {@code PLAIN}, RFC 4616: identity, name and password in one message. */
final class PlainServer implements SaslServer {
  static final String NAME = "PLAIN";

  private final CredentialStore credentials;
  private boolean asked;

  PlainServer(CredentialStore credentials) {
    this.credentials = credentials;
  }

  @Override
  public String mechanism() {
    return NAME;
  }

  /** {@code message = [authzid] UTF8NUL authcid UTF8NUL passwd}, RFC 4616 §2. */
  @Override
  public Step respond(byte[] response) {
    if (response.length == 0 && !asked) {
      asked = true;
      return new Step.Challenge(new byte[0]);
    }
    String[] parts = Utf8.decode(response).orElse("").split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty()) {
      return new Step.Failure("", "malformed response");
    }
    Optional<Mailbox> account = credentials.verify(parts[1], parts[2]);
    if (account.isEmpty()) {
      return new Step.Failure(parts[1], "unknown account or wrong password");
    }
    return isSelf(parts[0], parts[1], account.get())
        ? new Step.Success(account.get())
        : new Step.Failure(parts[1], "may not act as " + parts[0]);
  }

  /** Acting as another is not offered: the identity is absent, or names the same account. */
  static boolean isSelf(String identity, String user, Mailbox account) {
    if (identity.isEmpty() || identity.equals(user)) {
      return true;
    }
    try {
      Mailbox named = Mailbox.parse(identity);
      return named.host().equals(account.host())
          && named.local().folded().equals(account.local().folded());
    } catch (NameSyntaxException e) {
      return false;
    }
  }
}
