package org.thurn.tls.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.Domain;
import org.thurn.store.Durability;
import org.thurn.store.KeptTotal;
import org.thurn.store.Txn;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

/** What is kept, what must go, and whether a check of the store agrees. */
class PolicyCacheTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Domain A = Domain.of("a.example");

  @TempDir private Path folder;
  private final RocksBudget budget = RocksBudget.small();
  private RocksStore store;

  @BeforeEach
  void open() {
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private List<String> findings() {
    // a check sees what is durable, and what is put in order may be so a moment later
    store.update(PolicyRows.PARTITION, Durability.SYNCED, txn -> txn.get(PolicyRows.TOTAL));
    return StoreChecks.brief(StoreChecks.findings(store, new PolicyCacheCheck()));
  }

  private static CachedPolicy policy(Domain domain, Duration maxAge, Instant fetched) {
    return new CachedPolicy(
        ServedPolicies.policy(domain.ascii(), Mode.ENFORCE, maxAge), "1", fetched);
  }

  private static void put(PolicyCache cache, String name, Instant now) {
    Domain domain = Domain.of(name);
    cache.put(domain, policy(domain, WEEK, now), now);
  }

  private static List<String> names(PolicyCache cache) {
    List<String> names = new ArrayList<>();
    cache.each((domain, _) -> names.add(domain.ascii()));
    return names;
  }

  @Test
  void keptUntilItExpires() {
    PolicyCache cache = new PolicyCache(store);
    put(cache, "a.example", NOW);
    assertThat(cache.use(A, NOW.plus(WEEK).minusSeconds(1))).contains(policy(A, WEEK, NOW));
    assertThat(cache.use(A, NOW.plus(WEEK))).isEmpty();
    assertThat(cache.use(Domain.of("b.example"), NOW)).isEmpty();

    cache.expire(A, NOW.plus(WEEK).minusSeconds(1));
    assertThat(findings()).isEmpty();
    assertThat(cache.size()).isEqualTo(1);
    cache.expire(A, NOW.plus(WEEK));
    assertThat(findings()).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void whatWasUsedLeastGoesFirst() {
    PolicyCache cache = new PolicyCache(store, 3, PolicyCache.MAX_OCTETS);
    put(cache, "a.example", NOW);
    put(cache, "b.example", NOW.plus(Duration.ofDays(1)));
    put(cache, "c.example", NOW.plus(Duration.ofDays(2)));
    cache.use(A, NOW.plus(Duration.ofDays(3)));
    put(cache, "b.example", NOW.plus(Duration.ofDays(3))); // fetched again, but not used
    put(cache, "d.example", NOW.plus(Duration.ofDays(3)));
    assertThat(names(cache)).containsExactly("a.example", "c.example", "d.example");
    assertThat(findings()).isEmpty();
  }

  @Test
  void octetsAreLimitedToo() {
    PolicyCache cache = new PolicyCache(store, 1_000, 300);
    for (int i = 0; i < 20; i++) {
      put(cache, "n" + i + ".example", NOW.plus(Duration.ofDays(i)));
    }
    assertThat(names(cache)).hasSizeBetween(3, 8).contains("n19.example");
    assertThat(findings()).isEmpty();
  }

  @Test
  void moreThanOnePage() {
    PolicyCache cache = new PolicyCache(store);
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 450; i++) {
        String name = "n%03d.example".formatted(i);
        together.execute(() -> put(cache, name, NOW)); // each waits for the next sync
      }
    }
    assertThat(names(cache)).hasSize(450).isSorted().doesNotHaveDuplicates();
    assertThat(cache.size()).isEqualTo(450);
    assertThat(findings()).isEmpty();
  }

  private void damage(java.util.function.Consumer<Txn> work) {
    StoreChecks.damage(store, PolicyRows.PARTITION, work);
  }

  @Test
  void damageIsFound() {
    PolicyCache cache = new PolicyCache(store);
    put(cache, "a.example", NOW);
    put(cache, "b.example", NOW);
    byte[] row = PolicyRows.policyKey(A);
    byte[] day = PolicyRows.usedKey(PolicyCache.day(NOW), A);
    byte[] total = PolicyRows.TOTAL;
    assertThat(findings()).isEmpty();

    damage(StoreChecks.without(day));
    assertThat(findings()).containsExactly("MISSING u\\00\\00P!a.example");
    damage(txn -> txn.put(day, PolicyRows.used()));
    damage(txn -> txn.put(PolicyRows.usedKey(1, A), PolicyRows.used()));
    damage(txn -> txn.put(new byte[] {'u', 1}, PolicyRows.used()));
    assertThat(findings()).containsExactly("STRAY u\\00\\00\\00\\01a.example", "STRAY u\\01");
    damage(StoreChecks.without(PolicyRows.usedKey(1, A)));
    damage(StoreChecks.without(new byte[] {'u', 1}));

    damage(StoreChecks.changed(total, _ -> new KeptTotal(3, 7).row()));
    assertThat(findings()).containsExactly("COUNT t", "COUNT t");
    damage(StoreChecks.changed(total, old -> Arrays.copyOf(old, 3)));
    assertThat(findings()).containsExactly("UNREADABLE t", "COUNT t", "COUNT t");
    damage(StoreChecks.without(total));
    damage(StoreChecks.without(row));
    damage(txn -> txn.put(new byte[] {'x'}, new byte[0]));
    assertThat(findings()).contains("STRAY x", "STRAY u\\00\\00P!a.example", "COUNT t");
  }

  @Test
  void rowsThatCannotBeReadAreFound() {
    PolicyCache cache = new PolicyCache(store);
    put(cache, "a.example", NOW);
    byte[] row = PolicyRows.policyKey(A);
    List<byte[]> broken = new ArrayList<>();
    byte[] good = PolicyRows.write(new PolicyRows.Kept(policy(A, WEEK, NOW), PolicyCache.day(NOW)));
    broken.add(Arrays.copyOf(good, good.length + 1));
    broken.add(Arrays.copyOf(good, good.length - 1));
    byte[] version = good.clone();
    version[0] = 9;
    broken.add(version);
    for (byte[] octets : broken) {
      damage(StoreChecks.changed(row, _ -> octets));
      assertThat(findings()).contains("UNREADABLE pa.example");
    }
    damage(StoreChecks.changed(row, _ -> good));
    assertThat(findings()).isEmpty();
    damage(txn -> txn.put(new byte[] {'p', '.'}, good));
    assertThat(findings()).contains("UNREADABLE p.", "COUNT t");
  }
}
