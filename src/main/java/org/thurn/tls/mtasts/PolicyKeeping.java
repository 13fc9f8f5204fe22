package org.thurn.tls.mtasts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.thurn.dns.Answer;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;
import org.thurn.tls.mtasts.PolicyRows.Kept;

/**
 * Keeps the policies fresh: fetches each again once a day, or when a third of its life is left if
 * that is sooner, and forgets those whose time is over. Policies that nobody used for a month run
 * out. What cannot be refreshed is told once a day.
 */
public final class PolicyKeeping implements AutoCloseable {
  /** The frequency that RFC 8461 §3.3 suggests. */
  static final Duration REFRESH = Duration.ofDays(1);

  /** How often it is looked what is due, and a failed refresh tried again. */
  static final Duration PERIOD = Duration.ofHours(1);

  /** Days after the last use during which a policy is refreshed. */
  static final int USED_DAYS = 30;

  /** Fetches at a time: dead hosts take a minute each. */
  static final int AT_A_TIME = 16;

  private static final int MAX_TOLD = 10_000;

  private final StsPolicies policies;
  private final Time time;
  private final Journey journey;
  private final Cache<Domain, Instant> told;
  private final OwnThread thread;

  public PolicyKeeping(StsPolicies policies, Time time, Journey journey) {
    this.policies = policies;
    this.time = time;
    this.journey = journey;
    this.told =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(time::ticks)
            .maximumSize(MAX_TOLD)
            .expireAfterWrite(REFRESH)
            .build();
    this.thread = new OwnThread("mta-sts", this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      time.pause(PERIOD);
      tryRound();
    }
  }

  /** A round that fails, by a fault of the disk or a bug, is noted and tried again. */
  private void tryRound() {
    try {
      round();
    } catch (RuntimeException e) {
      journey.note(new Event.Fault("mta-sts", String.valueOf(e.getMessage())));
    }
  }

  /** Does what is due now, and returns when it is done; when interrupted, as soon as it can. */
  void round() {
    Semaphore places = new Semaphore(AT_A_TIME);
    try (ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor()) {
      policies.cache().each((domain, kept) -> look(domain, kept, places, fetching));
    }
  }

  private void look(Domain domain, Kept kept, Semaphore places, ExecutorService fetching) {
    Instant now = policies.now();
    if (!kept.cached().isValid(now)) {
      policies.cache().expire(domain, now);
    } else if (isDue(kept, now) && !Thread.currentThread().isInterrupted()) {
      places.acquireUninterruptibly();
      fetching.execute(
          () -> {
            try {
              refresh(domain, kept.cached());
            } finally {
              places.release();
            }
          });
    }
  }

  static boolean isDue(Kept kept, Instant now) {
    CachedPolicy cached = kept.cached();
    Duration third = cached.policy().lifetime().dividedBy(3);
    Instant early = cached.expires().minus(third);
    Instant daily = cached.fetched().plus(REFRESH);
    boolean used = PolicyCache.day(now) - kept.used() <= USED_DAYS;
    return used && !now.isBefore(early.isBefore(daily) ? early : daily);
  }

  private void refresh(Domain domain, CachedPolicy cached) {
    try {
      policies.refresh(domain, cached, new Quiet()).ifPresent(trouble -> tell(domain, trouble));
    } catch (RuntimeException e) {
      journey.note(new Event.Fault("mta-sts " + domain, String.valueOf(e.getMessage())));
    }
  }

  private void tell(Domain domain, StsStatus.Trouble trouble) {
    Instant now = time.now();
    if (told.get(domain, _ -> now).equals(now)) {
      String kind = trouble.kind().map(FailureKind::word).orElse("no-record");
      journey.note(new Event.StsPolicyFailed(domain, kind, "not refreshed: " + trouble.why()));
    }
  }

  /** What succeeds is not worth a line for every domain every day. */
  private static final class Quiet implements StsNotes {
    @Override
    public void asked(Answer answer) {
      // told if it fails
    }

    @Override
    public void happened(Event event) {
      // told if it fails
    }
  }

  /** Waits for the fetches that run: the store must not be closed under them. */
  @Override
  public void close() {
    thread.close();
  }
}
