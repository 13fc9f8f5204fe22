package org.thurn.directory;

import java.util.Optional;
import org.thurn.sasl.ScramKeys;

/**
 * An account's row.
 *
 * @param passwordHash Argon2id in PHC form
 */
record StoredAccount(Account account, String passwordHash, Optional<ScramKeys> scram) {}
