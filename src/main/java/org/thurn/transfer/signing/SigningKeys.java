package org.thurn.transfer.signing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.name.Domain;
import org.thurn.store.Durability;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;
import org.thurn.time.Time;

/**
 * The keys of the local domains, kept in the store. A domain's keys are read when they are first
 * asked for, and stay in memory. Safe for many threads that read; one changes at a time.
 */
public final class SigningKeys {
  /** A domain has two that sign and, through a life of its own, each of its predecessors. */
  private static final int MOST = 1_000;

  private final Store store;
  private final Cryptography cryptography;
  private final Time time;
  private final Map<Domain, Kept> domains = new ConcurrentHashMap<>();

  /**
   * @param cryptography what signs
   */
  public SigningKeys(Store store, Cryptography cryptography, Time time) {
    this.store = store;
    this.cryptography = cryptography;
    this.time = time;
  }

  /** What a domain has, and the signer and sealer that come of it. */
  private record Kept(List<DomainKey> keys, Optional<Signer> signer, Optional<Sealer> sealer) {}

  /** All the keys of a domain that sign, by their names. */
  record Signer(List<String> selectors, DkimSigner signer) {}

  /** A domain's key that seals, by its name. */
  record Sealer(String selector, ArcSealer sealer) {}

  /** The keys of a domain, those made first before the others. */
  public List<DomainKey> of(Domain domain) {
    return kept(domain).keys();
  }

  /**
   * Signs with every key of the domain that is active and that the DNS shows; empty if there is
   * none, so that nobody gets a signature whose key cannot be found.
   */
  Optional<Signer> signer(Domain domain) {
    return kept(domain).signer();
  }

  /** Seals with the RSA key of the domain; empty if none is active that the DNS shows. */
  Optional<Sealer> sealer(Domain domain) {
    return kept(domain).sealer();
  }

  private Kept kept(Domain domain) {
    return domains.computeIfAbsent(domain, this::read);
  }

  private Kept read(Domain domain) {
    List<DomainKey> keys = new ArrayList<>();
    try (Snapshot snapshot = store.read(KeyRows.partition(domain))) {
      snapshot
          .scan(KeyRows.KEYS, KeyRows.KEYS_END, MOST)
          .forEach(pair -> keys.add(KeyRows.read(pair.value())));
    }
    return kept(domain, keys);
  }

  private Kept kept(Domain domain, List<DomainKey> keys) {
    keys.sort(Comparator.comparing(DomainKey::made).thenComparing(DomainKey::selector));
    List<SigningKey> signing =
        keys.stream()
            .filter(DomainKey::signs)
            .sorted(Comparator.comparing(key -> key.state().algorithm()))
            .flatMap(key -> key.key().stream().map(k -> signingKey(domain, key, k)))
            .toList();
    return new Kept(
        List.copyOf(keys),
        signing.isEmpty() ? Optional.empty() : Optional.of(signer(signing)),
        signing.stream()
            .filter(key -> key.key().algorithm() == Algorithm.RSA_SHA256)
            .findFirst()
            .map(this::sealer));
  }

  private Signer signer(List<SigningKey> signing) {
    return new Signer(
        signing.stream().map(SigningKey::selector).toList(),
        new DkimSigner(signing, SigningSettings.DEFAULT, time, cryptography));
  }

  private Sealer sealer(SigningKey key) {
    return new Sealer(
        key.selector(), new ArcSealer(key, SigningSettings.DEFAULT, time, cryptography));
  }

  private static SigningKey signingKey(Domain domain, DomainKey key, DkimKey secret) {
    return new SigningKey(domain, key.selector(), secret);
  }

  /** Keeps a key as it is now; durable, and in force, when this returns. */
  void put(Domain domain, DomainKey key) {
    store.update(
        KeyRows.partition(domain),
        Durability.SYNCED,
        txn -> {
          txn.put(KeyRows.key(key.selector()), KeyRows.write(key));
          return key;
        });
    List<DomainKey> keys = new ArrayList<>(of(domain));
    keys.removeIf(other -> other.selector().equals(key.selector()));
    keys.add(key);
    domains.put(domain, kept(domain, keys));
  }
}
