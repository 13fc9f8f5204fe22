package org.thurn.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;

/** The whole directory in memory: each domain's entries are replaced as one after a change. */
final class Entries {
  private static final int PAGE = 1000;

  private final Store store;
  private final Map<Domain, DomainEntries> domains = new ConcurrentHashMap<>();

  Entries(Store store) {
    this.store = store;
    String after = "";
    List<String> names;
    do {
      names = store.partitions(DirectoryRows.KIND, after, PAGE);
      names.forEach(name -> reload(Domain.of(name)));
      after = names.isEmpty() ? after : names.getLast();
    } while (!names.isEmpty());
  }

  Optional<DomainEntries> of(Domain domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  /** Whether any domain is so. */
  boolean any(Predicate<DomainEntries> so) {
    return domains.values().stream().anyMatch(so);
  }

  List<Domain> domains() {
    return domains.keySet().stream().sorted().toList();
  }

  /** The domain made first among those that have an account: bare names belong to it. */
  Optional<Domain> defaultDomain() {
    return domains.entrySet().stream()
        .filter(entry -> !entry.getValue().accounts().isEmpty())
        .min(
            Comparator.comparing(
                    (Map.Entry<Domain, DomainEntries> entry) ->
                        entry.getValue().settings().created())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }

  /** Reads a domain's rows again; a domain without settings is not there. */
  void reload(Domain domain) {
    try (Snapshot snapshot = store.read(DirectoryRows.partition(domain))) {
      Optional<byte[]> settings = snapshot.get(DirectoryRows.SETTINGS);
      if (settings.isEmpty()) {
        domains.remove(domain);
        return;
      }
      Map<LocalPart, StoredAccount> accounts = new HashMap<>();
      scan(
          snapshot,
          DirectoryRows.ACCOUNTS,
          DirectoryRows.ACCOUNTS_END,
          pair ->
              accounts.put(DirectoryRows.local(pair.key()), DirectoryRows.account(pair.value())));
      Map<LocalPart, Alias> aliases = new HashMap<>();
      scan(
          snapshot,
          DirectoryRows.ALIASES,
          DirectoryRows.ALIASES_END,
          pair -> aliases.put(DirectoryRows.local(pair.key()), DirectoryRows.alias(pair.value())));
      domains.put(
          domain, new DomainEntries(DirectoryRows.settings(settings.get()), accounts, aliases));
    }
  }

  private static void scan(
      Snapshot snapshot, byte[] from, byte[] to, Consumer<Snapshot.Pair> each) {
    byte[] start = from;
    List<Snapshot.Pair> page;
    do {
      page = snapshot.scan(start, to, PAGE);
      page.forEach(each);
      // The least key after the last one.
      if (!page.isEmpty()) {
        byte[] last = page.getLast().key();
        start = Arrays.copyOf(last, last.length + 1);
      }
    } while (page.size() == PAGE);
  }

  /** Every account of one domain, or of all, by address. */
  List<Account> accounts(Optional<Domain> domain) {
    List<Account> found = new ArrayList<>();
    for (Domain each : domain.map(List::of).orElseGet(this::domains)) {
      of(each)
          .ifPresent(
              entries ->
                  entries.accounts().values().stream()
                      .map(StoredAccount::account)
                      .sorted(Comparator.comparing(account -> account.address().toString()))
                      .forEach(found::add));
    }
    return found;
  }
}
