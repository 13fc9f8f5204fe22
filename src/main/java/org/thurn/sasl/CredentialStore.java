package org.thurn.sasl;

import java.util.Optional;
import org.thurn.name.Mailbox;

/**
 * Who may log in: the directory implements it. Both take about as long for names that do not exist.
 */
public interface CredentialStore {
  /**
   * Checks a password against its Argon2id hash; blocks while other checks use the memory.
   *
   * @param user as the client typed it: an address, or a bare local part of the default domain
   * @return the account's canonical address, or empty
   */
  Optional<Mailbox> verify(String user, String password);

  /** The keys for SCRAM, or empty where the account or its domain has none. */
  Optional<Scram> scram(String user);

  /** Whether any domain keeps keys for SCRAM: else the mechanism can help nobody. */
  boolean keepsScramKeys();

  /**
   * The one spelling of all names that {@link #verify} and {@link #scram} would take for the same
   * account, whether there is such an account or not.
   */
  String canonical(String user);

  /** An account and its keys. */
  record Scram(Mailbox account, ScramKeys keys) {}
}
