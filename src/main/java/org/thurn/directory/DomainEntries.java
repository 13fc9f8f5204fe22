package org.thurn.directory;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;

/** One domain as it stood after its last change; never changes itself. Keys are folded. */
record DomainEntries(
    DomainSettings settings,
    Map<LocalPart, StoredAccount> accounts,
    Map<LocalPart, Alias> aliases) {
  DomainEntries {
    accounts = Map.copyOf(accounts);
    aliases = Map.copyOf(aliases);
  }

  Optional<StoredAccount> account(LocalPart folded) {
    return Optional.ofNullable(accounts.get(folded));
  }

  Optional<Alias> alias(LocalPart folded) {
    return Optional.ofNullable(aliases.get(folded));
  }

  /** The account that was made first: it stands in for a missing administrator. */
  Optional<Mailbox> firstAccount() {
    return accounts.values().stream()
        .map(StoredAccount::account)
        .min(
            Comparator.comparing(Account::created)
                .thenComparing(account -> account.address().toString()))
        .map(Account::address);
  }
}
