package org.thurn.tls.mtasts;

import static org.thurn.tls.mtasts.PolicyRows.PARTITION;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.thurn.name.Domain;
import org.thurn.store.Durability;
import org.thurn.store.KeptTotal;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;
import org.thurn.tls.mtasts.PolicyRows.Kept;

/**
 * Policies in the store. When there is no room for another, those go that were not used for the
 * longest time, by days.
 */
final class PolicyCache {
  /** Domains; more than most houses ever write to. */
  static final int MAX_POLICIES = 100_000;

  /** Of all policies, since one may have up to 64 KiB. */
  static final long MAX_OCTETS = 256L << 20;

  /** Rows in memory at a time. */
  private static final int PAGE = 200;

  private final Store store;
  private final int maxPolicies;
  private final long maxOctets;

  PolicyCache(Store store) {
    this(store, MAX_POLICIES, MAX_OCTETS);
  }

  PolicyCache(Store store, int maxPolicies, long maxOctets) {
    this.store = store;
    this.maxPolicies = maxPolicies;
    this.maxOctets = maxOctets;
  }

  static int day(Instant now) {
    return Math.toIntExact(now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay());
  }

  /** What is kept of a domain, if its time is not over; it is used now. */
  Optional<CachedPolicy> use(Domain domain, Instant now) {
    Optional<Kept> kept;
    try (Snapshot rows = store.read(PARTITION)) {
      kept = rows.get(PolicyRows.policyKey(domain)).map(PolicyRows::kept);
    }
    Optional<Kept> valid = kept.filter(one -> one.cached().isValid(now));
    if (valid.isPresent() && valid.get().used() != day(now)) {
      update(txn -> touch(txn, domain, day(now)));
    }
    return valid.map(Kept::cached);
  }

  private static void touch(Txn txn, Domain domain, int day) {
    byte[] key = PolicyRows.policyKey(domain);
    Optional<Kept> kept = txn.get(key).map(PolicyRows::kept);
    if (kept.isPresent()) {
      txn.delete(PolicyRows.usedKey(kept.get().used(), domain));
      txn.put(PolicyRows.usedKey(day, domain), PolicyRows.used());
      txn.put(key, PolicyRows.write(new Kept(kept.get().cached(), day)));
    }
  }

  /** Keeps a policy that is used now, or that replaces one; whoever reads next sees it. */
  void put(Domain domain, CachedPolicy cached, Instant now) {
    store
        .update(
            PARTITION,
            Durability.RELAXED,
            txn -> {
              put(txn, domain, cached, day(now));
              return cached;
            })
        .awaitDurable();
  }

  private void put(Txn txn, Domain domain, CachedPolicy cached, int today) {
    byte[] key = PolicyRows.policyKey(domain);
    Optional<byte[]> before = txn.get(key);
    // a refresh that nobody asked for is no use of it
    int used = before.map(PolicyRows::kept).map(Kept::used).orElse(today);
    before.ifPresent(row -> remove(txn, domain, row));
    byte[] row = PolicyRows.write(new Kept(cached, used));
    makeRoom(txn, row.length);
    txn.put(key, row);
    txn.put(PolicyRows.usedKey(used, domain), PolicyRows.used());
    count(txn, 1, row.length);
  }

  private void makeRoom(Txn txn, int octets) {
    KeptTotal total = KeptTotal.in(txn, PolicyRows.TOTAL);
    boolean more = true;
    while (more && (total.items() >= maxPolicies || total.octets() + octets > maxOctets)) {
      List<Pair> oldest = txn.scan(new byte[] {'u'}, new byte[] {'v'}, 1, false);
      more = !oldest.isEmpty();
      oldest.forEach(pair -> evict(txn, pair.key()));
      total = KeptTotal.in(txn, PolicyRows.TOTAL);
    }
  }

  private static void evict(Txn txn, byte[] usedKey) {
    Domain domain = Domain.of(PolicyRows.usedDomain(usedKey));
    Optional<byte[]> row = txn.get(PolicyRows.policyKey(domain));
    txn.delete(usedKey);
    row.ifPresent(octets -> remove(txn, domain, octets));
  }

  private static void remove(Txn txn, Domain domain, byte[] row) {
    txn.delete(PolicyRows.usedKey(PolicyRows.kept(row).used(), domain));
    txn.delete(PolicyRows.policyKey(domain));
    count(txn, -1, -row.length);
  }

  private static void count(Txn txn, int policies, long octets) {
    KeptTotal total = KeptTotal.in(txn, PolicyRows.TOTAL);
    txn.put(PolicyRows.TOTAL, total.plus(policies, octets).row());
  }

  private void update(Consumer<Txn> work) {
    store.update(
        PARTITION,
        Durability.RELAXED,
        txn -> {
          work.accept(txn);
          return PARTITION;
        });
  }

  /** Forgets a policy if its time is over. */
  void expire(Domain domain, Instant now) {
    update(
        txn ->
            txn.get(PolicyRows.policyKey(domain))
                .filter(row -> !PolicyRows.kept(row).cached().isValid(now))
                .ifPresent(row -> remove(txn, domain, row)));
  }

  /**
   * Shows all that is kept, also what is over.
   *
   * @param each gets the domain and what is kept of it
   */
  void each(BiConsumer<Domain, Kept> each) {
    byte[] from = {'p'};
    byte[] to = {'q'};
    while (from.length > 0) {
      List<Pair> page;
      // no snapshot stays open while a policy is fetched
      try (Snapshot rows = store.read(PARTITION)) {
        page = rows.scan(from, to, PAGE);
      }
      for (Pair pair : page) {
        each.accept(Domain.of(PolicyRows.domain(pair.key())), PolicyRows.kept(pair.value()));
      }
      byte[] last = page.size() < PAGE ? new byte[0] : page.getLast().key();
      from = last.length == 0 ? last : Arrays.copyOf(last, last.length + 1);
    }
  }

  /** How many are kept. */
  int size() {
    try (Snapshot rows = store.read(PARTITION)) {
      return rows.get(PolicyRows.TOTAL).map(KeptTotal::of).orElse(KeptTotal.NONE).items();
    }
  }
}
