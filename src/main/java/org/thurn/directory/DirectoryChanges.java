package org.thurn.directory;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.sasl.OpaqueString;
import org.thurn.sasl.ScramKeys;
import org.thurn.store.Durability;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;
import org.thurn.store.Txn;
import org.thurn.time.Time;

/**
 * What an administrator does to the directory. Each change is one synced commit of its domain's
 * partition and an event with its author; it is in force when the method returns. The author is who
 * asked, as the journey shall name them.
 */
public final class DirectoryChanges {
  /** RFC 5321 has no limit for what one alias leads to; a message has (1000 recipients). */
  private static final int MAX_TARGETS = 1000;

  private static final int MAX_PARTITION = 200;
  private static final Change DONE = new Change.Done();

  private final Store store;
  private final Entries entries;
  private final PasswordHash passwords;
  private final Time time;
  private final Journey journey;
  private final SecureRandom random = new SecureRandom();

  /** A commit and the reading back that follows it go together, or an old reading could win. */
  private final ReentrantLock lock = new ReentrantLock();

  DirectoryChanges(
      Store store, Entries entries, PasswordHash passwords, Time time, Journey journey) {
    this.store = store;
    this.entries = entries;
    this.passwords = passwords;
    this.time = time;
    this.journey = journey;
  }

  /** Makes mail for the domain end here. */
  public Change addDomain(Domain domain, String author) {
    return change(
        domain,
        "domain-add",
        domain.ascii(),
        author,
        txn -> settings(txn).isPresent() ? refused(domain + " exists already") : create(txn));
  }

  /** Removes a domain that has no accounts any more, with its aliases. */
  public Change removeDomain(Domain domain, String author) {
    return change(
        domain,
        "domain-remove",
        domain.ascii(),
        author,
        txn -> {
          if (settings(txn).isEmpty()) {
            return refused("there is no domain " + domain);
          }
          if (!rows(txn, DirectoryRows.ACCOUNTS, DirectoryRows.ACCOUNTS_END, 1).isEmpty()) {
            return refused(domain + " still has accounts");
          }
          rows(txn, DirectoryRows.ALIASES, DirectoryRows.ALIASES_END, Integer.MAX_VALUE)
              .forEach(pair -> txn.delete(pair.key()));
          txn.delete(DirectoryRows.SETTINGS);
          return DONE;
        });
  }

  /** Switches SCRAM keys on or off. Off deletes those there are; on waits for new passwords. */
  public Change setScram(Domain domain, boolean on, String author) {
    return change(
        domain,
        "domain-scram-" + (on ? "on" : "off"),
        domain.ascii(),
        author,
        txn -> {
          Change changed = adjust(txn, domain, settings -> settings.withScram(on));
          if (changed.done() && !on) {
            rows(txn, DirectoryRows.ACCOUNTS, DirectoryRows.ACCOUNTS_END, Integer.MAX_VALUE)
                .forEach(pair -> dropKeys(txn, pair));
          }
          return changed;
        });
  }

  private static void dropKeys(Txn txn, Snapshot.Pair pair) {
    StoredAccount stored = DirectoryRows.account(pair.value());
    StoredAccount without =
        new StoredAccount(stored.account(), stored.passwordHash(), Optional.empty());
    txn.put(pair.key(), DirectoryRows.write(without));
  }

  /** Changes what an administrator may set for a domain, but for {@link #setScram}. */
  public Change setDomain(
      Domain domain, String what, UnaryOperator<DomainSettings> to, String author) {
    return change(
        domain,
        "domain-" + what,
        domain.ascii(),
        author,
        txn -> adjust(txn, domain, settings -> to.apply(settings).withScram(settings.scram())));
  }

  /** Where unknown local parts of the domain lead; an empty list refuses them again. */
  public Change setCatchAll(Domain domain, List<Mailbox> targets, String author) {
    return targets.size() > MAX_TARGETS
        ? refused("more than " + MAX_TARGETS + " targets")
        : setDomain(domain, "catch-all", settings -> settings.withCatchAll(targets), author);
  }

  /** Makes an account; its domain too, if it is new. */
  public Change addAccount(Mailbox address, String password, String author) {
    Optional<Domain> domain = address.domain();
    Optional<String> enforced = OpaqueString.enforce(password);
    if (domain.isEmpty()) {
      return refused("an account needs a domain: " + address);
    }
    if (enforced.isEmpty()) {
      return refused("a password is not empty and has no control characters");
    }
    Mailbox folded = Fold.mailbox(address);
    LocalPart local = folded.local();
    String hash = passwords.hash(enforced.get());
    Optional<ScramKeys> keys = Optional.of(scramKeys(enforced.get()));
    return change(
        domain.get(),
        "account-add",
        folded.toString(),
        author,
        txn -> {
          if (taken(txn, local)) {
            return refused(folded + " exists already");
          }
          if (settings(txn).isEmpty()) {
            create(txn);
          }
          Account account = new Account(folded, OptionalLong.empty(), Set.of(), time.now());
          put(txn, new StoredAccount(account, hash, keys));
          return DONE;
        });
  }

  /** Takes the login away. The mail goes later; a new account of the address does not see it. */
  public Change removeAccount(Mailbox address, String author) {
    return account(
        address,
        "account-remove",
        author,
        (txn, stored) -> {
          txn.delete(DirectoryRows.accountKey(stored.account().address().local()));
        });
  }

  /** Replaces the password, and with it the SCRAM keys. */
  public Change setPassword(Mailbox address, String password, String author) {
    Optional<String> enforced = OpaqueString.enforce(password);
    if (enforced.isEmpty()) {
      return refused("a password is not empty and has no control characters");
    }
    String hash = passwords.hash(enforced.get());
    Optional<ScramKeys> keys = Optional.of(scramKeys(enforced.get()));
    return account(
        address,
        "account-password",
        author,
        (txn, stored) -> put(txn, new StoredAccount(stored.account(), hash, keys)));
  }

  /** Octets that the account may hold; empty for the domain's quota. */
  public Change setQuota(Mailbox address, OptionalLong octets, String author) {
    return adjustAccount(
        address,
        "account-quota",
        author,
        old -> new Account(old.address(), octets, old.grants(), old.created()));
  }

  /** The addresses beside its own that the account may send as. */
  public Change setGrants(Mailbox address, Set<Mailbox> grants, String author) {
    Set<Mailbox> folded = grants.stream().map(Fold::mailbox).collect(Collectors.toSet());
    return folded.size() > MAX_TARGETS
        ? refused("more than " + MAX_TARGETS + " grants")
        : adjustAccount(
            address,
            "account-grants",
            author,
            old -> new Account(old.address(), old.quota(), folded, old.created()));
  }

  /** Makes an alias, or gives it other targets. */
  public Change setAlias(Mailbox address, List<Mailbox> targets, String author) {
    Optional<Domain> domain = address.domain();
    if (domain.isEmpty() || targets.isEmpty() || targets.size() > MAX_TARGETS) {
      return refused("an alias needs a domain and 1 to " + MAX_TARGETS + " targets");
    }
    Mailbox folded = Fold.mailbox(address);
    return change(
        domain.get(),
        "alias-set",
        folded.toString(),
        author,
        txn -> {
          if (settings(txn).isEmpty()) {
            return refused("there is no domain " + domain.get());
          }
          if (txn.get(DirectoryRows.accountKey(folded.local())).isPresent()) {
            return refused(folded + " is an account");
          }
          txn.put(
              DirectoryRows.aliasKey(folded.local()),
              DirectoryRows.write(new Alias(folded, targets)));
          return DONE;
        });
  }

  public Change removeAlias(Mailbox address, String author) {
    Optional<Domain> domain = address.domain();
    byte[] key = DirectoryRows.aliasKey(Fold.local(address.local()));
    if (domain.isEmpty()) {
      return refused("there is no alias " + address);
    }
    return change(
        domain.get(),
        "alias-remove",
        address.toString(),
        author,
        txn -> {
          if (txn.get(key).isEmpty()) {
            return refused("there is no alias " + address);
          }
          txn.delete(key);
          return DONE;
        });
  }

  private interface AccountWork {
    void on(Txn txn, StoredAccount stored);
  }

  private Change adjustAccount(
      Mailbox address, String action, String author, UnaryOperator<Account> to) {
    return account(
        address,
        action,
        author,
        (txn, old) ->
            put(txn, new StoredAccount(to.apply(old.account()), old.passwordHash(), old.scram())));
  }

  private Change account(Mailbox address, String action, String author, AccountWork work) {
    Optional<Domain> domain = address.domain();
    Mailbox folded = Fold.mailbox(address);
    if (domain.isEmpty()) {
      return refused("there is no account " + address);
    }
    return change(
        domain.get(),
        action,
        folded.toString(),
        author,
        txn -> {
          Optional<byte[]> row = txn.get(DirectoryRows.accountKey(folded.local()));
          if (row.isEmpty()) {
            return refused("there is no account " + folded);
          }
          work.on(txn, DirectoryRows.account(row.get()));
          return DONE;
        });
  }

  private Change change(
      Domain domain, String action, String subject, String author, Function<Txn, Change> work) {
    if (domain.ascii().length() > MAX_PARTITION) {
      return refused("a domain of this server has at most " + MAX_PARTITION + " octets");
    }
    lock.lock();
    try {
      Change change =
          store.update(DirectoryRows.partition(domain), Durability.SYNCED, work::apply).value();
      entries.reload(domain);
      if (change.done()) {
        journey.note(new Event.Administered(action, subject, author));
      }
      return change;
    } finally {
      lock.unlock();
    }
  }

  private Change create(Txn txn) {
    txn.put(DirectoryRows.SETTINGS, DirectoryRows.write(DomainSettings.fresh(time.now())));
    return DONE;
  }

  private static Change adjust(Txn txn, Domain domain, UnaryOperator<DomainSettings> to) {
    Optional<DomainSettings> settings = settings(txn);
    if (settings.isEmpty()) {
      return refused("there is no domain " + domain);
    }
    txn.put(DirectoryRows.SETTINGS, DirectoryRows.write(to.apply(settings.get())));
    return DONE;
  }

  private static Optional<DomainSettings> settings(Txn txn) {
    return txn.get(DirectoryRows.SETTINGS).map(DirectoryRows::settings);
  }

  /** Writes an account; without SCRAM keys where its domain wants none. */
  private static void put(Txn txn, StoredAccount stored) {
    boolean scram = settings(txn).map(DomainSettings::scram).orElse(true);
    StoredAccount kept =
        new StoredAccount(
            stored.account(), stored.passwordHash(), scram ? stored.scram() : Optional.empty());
    txn.put(
        DirectoryRows.accountKey(stored.account().address().local()), DirectoryRows.write(kept));
  }

  private static boolean taken(Txn txn, LocalPart local) {
    return txn.get(DirectoryRows.accountKey(local)).isPresent()
        || txn.get(DirectoryRows.aliasKey(local)).isPresent();
  }

  private static List<Snapshot.Pair> rows(Txn txn, byte[] from, byte[] to, int limit) {
    return txn.scan(from, to, limit, false);
  }

  private ScramKeys scramKeys(String password) {
    byte[] salt = new byte[ScramKeys.SALT_OCTETS];
    random.nextBytes(salt);
    return ScramKeys.derive(password, salt, ScramKeys.ITERATIONS);
  }

  private static Change refused(String reason) {
    return new Change.Refused(reason);
  }
}
