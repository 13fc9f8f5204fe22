package org.thurn.tls.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.store.StoreException;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.MemoryStore;
import org.thurn.tls.mtasts.PolicySource.Fetched;

@Timeout(30)
class StsPoliciesTest {
  private static final String NAME = "a.example";
  private static final Domain DOMAIN = Domain.of(NAME);
  private static final Duration DAY = Duration.ofDays(1);
  private static final StsPolicy ENFORCED = ServedPolicies.policy(NAME, Mode.ENFORCE, DAY);

  private final SetTime time = new SetTime();
  private final FakeDns dns = new FakeDns();
  private final ServedPolicies served = new ServedPolicies().serve(NAME, Mode.ENFORCE, DAY);
  private final MemoryStore store = new MemoryStore();
  private final StsPolicies policies = new StsPolicies(store, dns, served, time);
  private final Notes notes = new Notes();

  private StsStatus status() {
    return policies.of(DOMAIN, notes);
  }

  private StsStatus.Known known(StsPolicy policy, String id, Instant expires) {
    return new StsStatus.Known(policy, id, expires, Optional.empty());
  }

  private static StsStatus.Known troubled(StsStatus status) {
    assertThat(status).isInstanceOf(StsStatus.Known.class);
    return (StsStatus.Known) status;
  }

  @Test
  void firstFetchedThenKept() {
    dns.record(NAME, "v=STSv1; id=1;");
    Instant expires = time.now().plus(DAY);

    assertThat(status()).isEqualTo(known(ENFORCED, "1", expires));
    time.pass(Duration.ofHours(23));
    assertThat(status()).isEqualTo(known(ENFORCED, "1", expires));

    assertThat(served.fetches).hasValue(1);
    assertThat(notes.asked()).containsExactly("TXT _mta-sts.a.example", "TXT _mta-sts.a.example");
    assertThat(notes.events())
        .containsExactly(
            new Event.StsPolicyFetched(DOMAIN, "1", "enforce", List.of("mx.a.example"), DAY),
            new Event.StsPolicyUsed(DOMAIN, "1", "enforce", expires, ""));
  }

  @Test
  void withoutRecordNobodyIsAskedForAPolicy() {
    assertThat(status()).isEqualTo(new StsStatus.None("there is no record"));
    dns.record(NAME, "v=STSv1; id=-;");
    assertThat(status()).isEqualTo(new StsStatus.None("its id is not 1 to 32 letters and digits"));
    assertThat(served.fetches).hasValue(0);
    assertThat(notes.events()).isEmpty();
  }

  @Test
  void aNewIdBringsANewPolicy() {
    dns.record(NAME, "v=STSv1; id=1;");
    status();
    dns.record(NAME, "v=STSv1; id=2;");
    served.serve(NAME, Mode.NONE, Duration.ofHours(1));

    assertThat(status())
        .isEqualTo(
            known(
                ServedPolicies.policy(NAME, Mode.NONE, Duration.ofHours(1)),
                "2",
                time.now().plus(Duration.ofHours(1))));
    assertThat(served.fetches).hasValue(2);
  }

  /** RFC 8461 §3.3: the old one applies as long as it lasts. */
  @Test
  void aNewPolicyThatCannotBeHadLeavesTheOldInForce() {
    dns.record(NAME, "v=STSv1; id=1;");
    Instant expires = time.now().plus(DAY);
    status();
    dns.record(NAME, "v=STSv1; id=2;");
    served.fail(NAME);

    StsStatus.Trouble trouble =
        new StsStatus.Trouble(Optional.of(FailureKind.FETCH), "the new policy: its host is down");
    assertThat(status())
        .isEqualTo(new StsStatus.Known(ENFORCED, "1", expires, Optional.of(trouble)));
    assertThat(notes.events())
        .contains(
            new Event.StsPolicyFailed(DOMAIN, "sts-policy-fetch-error", ServedPolicies.DOWN),
            new Event.StsPolicyUsed(DOMAIN, "1", "enforce", expires, trouble.why()));

    time.pass(DAY);
    assertThat(status())
        .isEqualTo(new StsStatus.Unfetchable(FailureKind.FETCH, ServedPolicies.DOWN));
  }

  @Test
  void aRecordThatIsGoneEndsNothing() {
    dns.record(NAME, "v=STSv1; id=1;");
    status();
    dns.record(NAME);
    assertThat(troubled(status()).trouble())
        .contains(new StsStatus.Trouble(Optional.empty(), "there is no record"));
    dns.record(NAME, "v=STSv1; id=1;", "v=STSv1; id=2;");
    assertThat(troubled(status()).trouble().orElseThrow().why()).startsWith("2 records");
    dns.silent("_mta-sts." + NAME);
    assertThat(troubled(status()).trouble().orElseThrow().why()).contains("nobody answers");
    assertThat(served.fetches).hasValue(1);

    time.pass(DAY);
    assertThat(status()).isInstanceOf(StsStatus.None.class);
  }

  @Test
  void aDeadHostIsLeftInPeaceForAWhile() {
    dns.record(NAME, "v=STSv1; id=1;");
    served.fail(NAME);
    StsStatus dead = new StsStatus.Unfetchable(FailureKind.FETCH, ServedPolicies.DOWN);

    assertThat(status()).isEqualTo(dead);
    time.pass(StsPolicies.FAILURE_LIFE.minusSeconds(1));
    assertThat(status()).isEqualTo(dead);
    assertThat(served.fetches).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    assertThat(status()).isEqualTo(dead);
    assertThat(served.fetches).hasValue(2);

    dns.record(NAME, "v=STSv1; id=2;"); // somebody has mended something
    served.serve(NAME, Mode.ENFORCE, DAY);
    assertThat(status()).isInstanceOf(StsStatus.Known.class);
    assertThat(served.fetches).hasValue(3);
  }

  @Test
  void failuresThatAreRememberedHaveALimit() {
    for (int i = 0; i < StsPolicies.MAX_FAILURES + 100; i++) {
      String name = "n" + i + ".example";
      dns.record(name, "v=STSv1; id=1;");
      assertThat(policies.of(Domain.of(name), notes)).isInstanceOf(StsStatus.Unfetchable.class);
    }
    assertThat(policies.failures()).isBetween(1L, (long) StsPolicies.MAX_FAILURES);
  }

  @Test
  void aPolicyForNoTimeAppliesOnce() {
    dns.record(NAME, "v=STSv1; id=1;");
    served.serve(NAME, Mode.ENFORCE, Duration.ZERO);
    assertThat(status()).isInstanceOf(StsStatus.Known.class);
    assertThat(status()).isInstanceOf(StsStatus.Known.class);
    assertThat(served.fetches).hasValue(2);
  }

  /** A clock set wrong for an hour must not make a hundred thousand policies forgotten. */
  @Test
  void aWallClockThatJumpsEndsNothing() {
    dns.record(NAME, "v=STSv1; id=1;");
    status();
    dns.record(NAME);
    time.jump(Duration.ofDays(400));
    assertThat(status()).isInstanceOf(StsStatus.Known.class);
  }

  @Test
  void whatIsKeptSurvivesARestart(@TempDir Path folder) {
    dns.record(NAME, "v=STSv1; id=1;");
    Instant expires = time.now().plus(DAY);
    try (RocksBudget budget = RocksBudget.small()) {
      try (RocksStore first = RocksStore.open(RocksStoreSettings.of(folder), budget, time)) {
        new StsPolicies(first, dns, served, time).of(DOMAIN, notes);
      }
      time.pass(Duration.ofHours(1));
      dns.silent("_mta-sts." + NAME);
      try (RocksStore second = RocksStore.open(RocksStoreSettings.of(folder), budget, time)) {
        StsStatus.Known status =
            troubled(new StsPolicies(second, dns, served, time).of(DOMAIN, notes));
        assertThat(status.policy()).isEqualTo(ENFORCED);
        assertThat(status.expires()).isEqualTo(expires);
      }
    }
    assertThat(served.fetches).hasValue(1);
  }

  @Test
  void aDiskThatTakesNothingCostsNoPolicy() {
    dns.record(NAME, "v=STSv1; id=1;");
    PolicySource breaking =
        (domain, heard) -> {
          store.fail(StoreException.Kind.FAILED);
          return served.fetch(domain, heard);
        };
    StsStatus status = new StsPolicies(store, dns, breaking, time).of(DOMAIN, notes);
    assertThat(status).isEqualTo(known(ENFORCED, "1", time.now().plus(DAY)));
    assertThat(notes.events()).anyMatch(Event.Fault.class::isInstance);
  }

  /** One fetches, the others wait for what it brings. */
  @Test
  void oneFetchAtATime() throws Exception {
    dns.record(NAME, "v=STSv1; id=1;");
    CountDownLatch asked = new CountDownLatch(20);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger fetches = new AtomicInteger();
    PolicySource slow =
        (domain, heard) -> {
          fetches.incrementAndGet();
          awaited(go);
          return new Fetched.Policy(ENFORCED);
        };
    StsPolicies slowly =
        new StsPolicies(
            store,
            (name, type) -> {
              asked.countDown();
              return dns.ask(name, type);
            },
            slow,
            time);
    List<StsStatus> statuses = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    StsStatus status = slowly.of(DOMAIN, notes);
                    synchronized (statuses) {
                      statuses.add(status);
                    }
                  }));
    }
    awaited(asked);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses)
        .hasSize(20)
        .allMatch(status -> status instanceof StsStatus.Known now && now.policy().equals(ENFORCED));
    // who asked the DNS before and came to the fetch after its end may have fetched once more
    assertThat(fetches.get()).isBetween(1, 3);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
