package org.thurn.directory;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.directory.Resolution.Target;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.sasl.OpaqueString;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** The directory that is kept in the store, with all of it in memory for the asking. */
public final class StoreDirectory implements Directory, AutoCloseable {
  private static final LocalPart POSTMASTER = new LocalPart("postmaster");

  private final Entries entries;
  private final PasswordHash passwords;
  private final DirectoryChanges changes;

  /**
   * @param journey where changes are noted
   */
  public StoreDirectory(Store store, Time time, Journey journey) {
    this(store, time, journey, PasswordCost.DEFAULT);
  }

  /** With passwords hashed at another cost than the default. */
  public StoreDirectory(Store store, Time time, Journey journey, PasswordCost cost) {
    entries = new Entries(store);
    passwords = new PasswordHash(cost);
    changes = new DirectoryChanges(store, entries, passwords, time, journey);
  }

  /** Changes it; they show here before they return. */
  public DirectoryChanges changes() {
    return changes;
  }

  @Override
  public boolean isLocal(Domain domain) {
    return entries.of(domain).isPresent();
  }

  @Override
  public Resolution resolve(Mailbox address) {
    return new AddressResolution(entries::of, entries::defaultDomain).resolve(address);
  }

  @Override
  public Resolution postmaster() {
    return entries
        .defaultDomain()
        .map(domain -> resolve(new Mailbox(POSTMASTER, domain)))
        .orElseGet(Resolution.Unknown::new);
  }

  /** Catch-all does not count: to receive what nobody else does is no right to speak for all. */
  @Override
  public boolean maySendAs(Mailbox account, Mailbox from) {
    Optional<StoredAccount> stored = find(account);
    if (stored.isEmpty()) {
      return false;
    }
    if (stored.get().account().grants().contains(Fold.mailbox(from))) {
      return true;
    }
    return resolve(from) instanceof Resolution.Found(List<Target> targets, String rule)
        && !rule.equals("catch-all")
        && targets.stream()
            .anyMatch(
                target ->
                    target instanceof Target.Account(Mailbox address, String _)
                        && address.equals(stored.get().account().address()));
  }

  @Override
  public Optional<Mailbox> verify(String user, String password) {
    Optional<String> enforced = OpaqueString.enforce(password);
    Optional<StoredAccount> stored = named(user);
    if (enforced.isEmpty() || stored.isEmpty()) {
      passwords.matchNobody("");
      return Optional.empty();
    }
    return passwords.matches(enforced.get(), stored.get().passwordHash())
        ? Optional.of(stored.get().account().address())
        : Optional.empty();
  }

  @Override
  public Optional<Scram> scram(String user) {
    return named(user)
        .flatMap(stored -> stored.scram().map(keys -> new Scram(stored.account().address(), keys)));
  }

  @Override
  public boolean keepsScramKeys() {
    return entries.any(domain -> domain.settings().scram());
  }

  @Override
  public String canonical(String user) {
    return address(user)
        .map(Fold::mailbox)
        .map(Mailbox::toString)
        .orElseGet(() -> user.toLowerCase(Locale.ROOT));
  }

  /** The octets that an account may hold; empty for no limit, or no such account. */
  public OptionalLong quota(Mailbox account) {
    Optional<StoredAccount> stored = find(account);
    OptionalLong own = stored.map(found -> found.account().quota()).orElse(OptionalLong.empty());
    return own.isPresent() || stored.isEmpty()
        ? own
        : account
            .domain()
            .flatMap(this::settings)
            .map(DomainSettings::quota)
            .orElse(OptionalLong.empty());
  }

  /** The account of exactly this address. */
  public Optional<Account> account(Mailbox address) {
    return find(address).map(StoredAccount::account);
  }

  /** The accounts of one domain, or of all. */
  public List<Account> accounts(Optional<Domain> domain) {
    return entries.accounts(domain);
  }

  public List<Domain> domains() {
    return entries.domains();
  }

  public Optional<DomainSettings> settings(Domain domain) {
    return entries.of(domain).map(DomainEntries::settings);
  }

  /** The domain that bare user names belong to: the first that was made. */
  public Optional<Domain> defaultDomain() {
    return entries.defaultDomain();
  }

  public List<Alias> aliases(Domain domain) {
    return entries.of(domain).stream()
        .flatMap(found -> found.aliases().values().stream())
        .sorted(Comparator.comparing(alias -> alias.address().toString()))
        .toList();
  }

  private Optional<StoredAccount> find(Mailbox address) {
    return address
        .domain()
        .flatMap(entries::of)
        .flatMap(found -> found.account(Fold.local(address.local())));
  }

  private Optional<StoredAccount> named(String user) {
    return address(user).flatMap(this::find);
  }

  /** An address, or a bare local part of the default domain. */
  private Optional<Mailbox> address(String user) {
    String address =
        user.indexOf('@') >= 0
            ? user
            : user + "@" + entries.defaultDomain().map(Domain::ascii).orElse("invalid");
    try {
      return Optional.of(Mailbox.parse(address));
    } catch (NameSyntaxException e) {
      return Optional.empty(); // what is no address names nobody
    }
  }

  @Override
  public void close() {
    passwords.close();
  }
}
