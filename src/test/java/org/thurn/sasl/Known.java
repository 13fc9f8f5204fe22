package org.thurn.sasl;

import java.util.Locale;
import java.util.Optional;
import org.thurn.name.Mailbox;

/** Credentials of one account. */
record Known(Mailbox account, String password, Optional<ScramKeys> keys)
    implements CredentialStore {
  static Known of(String account, String password) {
    byte[] salt = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return new Known(
        Mailbox.of(account), password, Optional.of(ScramKeys.derive(password, salt, 4096)));
  }

  @Override
  public Optional<Mailbox> verify(String user, String given) {
    return user.equals(account.toString()) && given.equals(password)
        ? Optional.of(account)
        : Optional.empty();
  }

  @Override
  public Optional<Scram> scram(String user) {
    return user.equals(account.toString())
        ? keys.map(found -> new Scram(account, found))
        : Optional.empty();
  }

  @Override
  public boolean keepsScramKeys() {
    return keys.isPresent();
  }

  /** As a server whose only domain is the account's. */
  @Override
  public String canonical(String user) {
    String address = user.indexOf('@') < 0 ? user + "@" + account.host().ascii() : user;
    return address.toLowerCase(Locale.ROOT);
  }
}
