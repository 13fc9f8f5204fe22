package org.thurn.tls.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.testing.MemoryStore;
import org.thurn.time.Time;

/** Policies are fetched again long before they end. */
@Timeout(30)
class PolicyKeepingTest {
  private static final String NAME = "a.example";
  private static final Domain DOMAIN = Domain.of(NAME);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MONTH = Duration.ofDays(30);

  private final SetTime time = new SetTime();
  private final FakeDns dns = new FakeDns().record(NAME, "v=STSv1; id=1;");
  private final ServedPolicies served = new ServedPolicies();
  private final MemoryStore store = new MemoryStore();
  private final StsPolicies policies = new StsPolicies(store, dns, served, time);
  private final List<Event> told = new CopyOnWriteArrayList<>();
  private final PolicyKeeping keeping =
      new PolicyKeeping(
          policies, time, Journey.to(entry -> told.add(entry.event()), time, new Ids(time)));

  private void serve(Mode mode, Duration maxAge) {
    served.serve(NAME, mode, maxAge);
    assertThat(use()).isInstanceOf(StsStatus.Known.class);
  }

  private StsStatus use() {
    return policies.of(DOMAIN, new Notes());
  }

  /** Rounds for a time, an hour each, as the thread would do them. */
  private void rounds(Duration duration) {
    for (long hours = duration.toHours(); hours > 0; hours--) {
      time.pass(HOUR);
      keeping.round();
    }
  }

  @Test
  void onceADay() {
    serve(Mode.ENFORCE, MONTH);
    rounds(DAY.minus(HOUR));
    assertThat(served.fetches).hasValue(1);
    rounds(HOUR);
    assertThat(served.fetches).hasValue(2);
    assertThat(((StsStatus.Known) use()).expires()).isEqualTo(time.now().plus(MONTH));
    rounds(DAY.multipliedBy(3));
    assertThat(served.fetches).hasValue(5);
    assertThat(told).isEmpty();
  }

  @Test
  void shortOnesWhenAThirdIsLeft() {
    serve(Mode.TESTING, Duration.ofHours(6));
    rounds(Duration.ofHours(3));
    assertThat(served.fetches).hasValue(1);
    rounds(HOUR);
    assertThat(served.fetches).hasValue(2);
  }

  @Test
  void whatNobodyUsesRunsOut() {
    serve(Mode.ENFORCE, DAY.multipliedBy(2));
    rounds(DAY.multipliedBy(PolicyKeeping.USED_DAYS));
    int fetches = served.fetches.get();
    assertThat(fetches).isBetween(28, 31);
    rounds(DAY.multipliedBy(4));
    assertThat(served.fetches.get()).isBetween(fetches, fetches + 1);
    assertThat(policies.cache().size()).isZero();
  }

  @Test
  void aHostThatIsDownIsAskedEveryHourAndToldOfEveryDay() {
    serve(Mode.ENFORCE, MONTH);
    served.fail(NAME);
    rounds(DAY.multipliedBy(2).plus(HOUR.multipliedBy(12)));
    assertThat(served.fetches.get()).isBetween(36, 39);
    assertThat(told)
        .hasSize(2)
        .containsOnly(
            new Event.StsPolicyFailed(
                DOMAIN, "sts-policy-fetch-error", "not refreshed: its host is down"));
    assertThat(use()).isInstanceOf(StsStatus.Known.class);
  }

  /** Who can suppress the record cannot end the policy before its time. */
  @Test
  void aRecordThatIsGoneIsTold() {
    serve(Mode.ENFORCE, DAY.multipliedBy(3));
    dns.record(NAME);
    rounds(DAY.multipliedBy(2));
    assertThat(told)
        .isNotEmpty()
        .containsOnly(
            new Event.StsPolicyFailed(
                DOMAIN, "no-record", "not refreshed: there is no record any more"));
    assertThat(use()).isInstanceOf(StsStatus.Known.class);
    rounds(DAY);
    assertThat(use()).isInstanceOf(StsStatus.None.class);
  }

  /** RFC 8461 §8.3: first none, then nothing at all. */
  @Test
  void aRemovedPolicyIsForgottenQuietly() {
    serve(Mode.ENFORCE, MONTH);
    dns.record(NAME, "v=STSv1; id=2;");
    served.serve(NAME, Mode.NONE, DAY);
    rounds(DAY);
    assertThat(((StsStatus.Known) use()).policy().mode()).isEqualTo(Mode.NONE);
    dns.record(NAME);
    served.fail(NAME);
    rounds(DAY.multipliedBy(2));
    assertThat(told).isEmpty();
    assertThat(policies.cache().size()).isZero();
    assertThat(use()).isInstanceOf(StsStatus.None.class);
  }

  /** Many are due: some are fetched side by side, and never more. */
  @Test
  void aFewAtATime() {
    CountDownLatch together = new CountDownLatch(PolicyKeeping.AT_A_TIME);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    PolicySource slow =
        (domain, heard) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          together.countDown();
          await(together);
          running.decrementAndGet();
          return served.fetch(domain, heard);
        };
    StsPolicies many = new StsPolicies(store, dns, slow, time);
    for (int i = 0; i < 3 * PolicyKeeping.AT_A_TIME; i++) {
      String name = "n" + i + ".example";
      dns.record(name, "v=STSv1; id=1;");
      served.serve(name, Mode.ENFORCE, MONTH);
      CachedPolicy kept =
          new CachedPolicy(ServedPolicies.policy(name, Mode.ENFORCE, MONTH), "1", time.now());
      many.cache().put(Domain.of(name), kept, time.now());
    }
    time.pass(DAY);
    new PolicyKeeping(many, time, Journey.to(_ -> {}, time, new Ids(time))).round();
    assertThat(served.fetches).hasValue(3 * PolicyKeeping.AT_A_TIME);
    assertThat(most).hasValue(PolicyKeeping.AT_A_TIME);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theThreadWorksAndEnds() throws Exception {
    serve(Mode.ENFORCE, HOUR);
    CountDownLatch hours = new CountDownLatch(3);
    Time hurried =
        new Time() {
          @Override
          public Instant now() {
            return time.now();
          }

          @Override
          public long ticks() {
            return time.ticks();
          }

          @Override
          public void pause(Duration duration) throws InterruptedException {
            time.pass(duration);
            hours.countDown();
            if (hours.getCount() == 0) {
              time.pause(duration);
            }
          }
        };
    try (PolicyKeeping running =
        new PolicyKeeping(policies, hurried, Journey.to(_ -> {}, time, new Ids(time)))) {
      running.start();
      hours.await();
    }
    assertThat(policies.cache().size()).isZero();
  }
}
