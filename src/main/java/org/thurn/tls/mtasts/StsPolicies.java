package org.thurn.tls.mtasts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.time.SteadyClock;
import org.thurn.time.Time;
import org.thurn.tls.mtasts.PolicySource.Fetched;

/**
 * The policies of the domains that mail goes to, RFC 8461 §5.1. Safe for many threads; a domain's
 * policy is fetched by one of them at a time, and the others wait for it.
 */
public final class StsPolicies {
  /** A host that failed is left in peace so long for one id: the time that §3.3 suggests. */
  static final Duration FAILURE_LIFE = Duration.ofMinutes(5);

  /** Failures that are remembered; when there are more, a dead host is asked once more. */
  static final int MAX_FAILURES = 10_000;

  /** Longer than a fetch takes with its questions to the DNS. */
  private static final Duration WAIT = Duration.ofSeconds(90);

  /** Hosts of a policy that the journey shows. */
  private static final int MAX_NOTED = 20;

  private final PolicyCache cache;
  private final Resolver resolver;
  private final PolicySource source;
  private final SteadyClock clock;
  private final Cache<Announced, Fetched.Failed> failures;
  private final Map<Domain, FutureTask<Fetched>> running = new ConcurrentHashMap<>();

  /** A policy that a domain announces. */
  private record Announced(Domain domain, String id) {}

  /**
   * @param resolver for the records that announce policies
   * @param source of the policies themselves; asked without limit, so it must end by itself
   */
  public StsPolicies(Store store, Resolver resolver, PolicySource source, Time time) {
    this(new PolicyCache(store), resolver, source, time);
  }

  StsPolicies(PolicyCache cache, Resolver resolver, PolicySource source, Time time) {
    this.cache = cache;
    this.resolver = resolver;
    this.source = source;
    this.clock = new SteadyClock(time);
    this.failures =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(time::ticks)
            .maximumSize(MAX_FAILURES)
            .expireAfterWrite(FAILURE_LIFE)
            .build();
  }

  /**
   * Where a sender is with the domain now. Takes as long as the DNS does, and where a new policy is
   * announced up to a minute more; what the network does is a value.
   *
   * @param domain the policy domain: what stands behind the @, or the host that mail is handed to
   *     (§3)
   * @throws org.thurn.store.StoreException if the kept policies cannot be read: then nobody knows
   *     what applies
   */
  public StsStatus of(Domain domain, StsNotes notes) {
    Optional<DnsName> name = StsRecord.nameFor(domain);
    if (name.isEmpty()) {
      return new StsStatus.None("the name is too long to have a policy");
    }
    Optional<CachedPolicy> kept = cache.use(domain, clock.now());
    Answer answer = resolver.ask(name.get(), RecordType.TXT);
    notes.asked(answer);
    return switch (StsRecord.read(answer)) {
      case StsRecord.Reading.Announced(StsRecord record) ->
          announced(new Announced(domain, record.id()), kept, notes);
      case StsRecord.Reading.Silent _ -> silent(domain, kept, "there is no record", notes);
      case StsRecord.Reading.Wrong(String why) -> silent(domain, kept, why, notes);
      case StsRecord.Reading.Unanswered(String why) -> silent(domain, kept, why, notes);
    };
  }

  private StsStatus announced(Announced announced, Optional<CachedPolicy> kept, StsNotes notes) {
    if (kept.isPresent() && kept.get().id().equals(announced.id())) {
      return used(announced.domain(), kept.get(), Optional.empty(), notes);
    }
    return switch (policy(announced, notes)) {
      case Fetched.Policy(StsPolicy policy) ->
          new StsStatus.Known(
              policy, announced.id(), clock.now().plus(policy.lifetime()), Optional.empty());
      case Fetched.Failed failed -> failed(announced.domain(), kept, failed, notes);
    };
  }

  private static StsStatus failed(
      Domain domain, Optional<CachedPolicy> kept, Fetched.Failed failed, StsNotes notes) {
    notes.happened(new Event.StsPolicyFailed(domain, failed.kind().word(), failed.why()));
    if (kept.isEmpty()) {
      return new StsStatus.Unfetchable(failed.kind(), failed.why());
    }
    StsStatus.Trouble trouble =
        new StsStatus.Trouble(Optional.of(failed.kind()), "the new policy: " + failed.why());
    return used(domain, kept.get(), Optional.of(trouble), notes);
  }

  /** §3.3: what is kept applies until its time is over, whatever the DNS says. */
  private static StsStatus silent(
      Domain domain, Optional<CachedPolicy> kept, String why, StsNotes notes) {
    Optional<StsStatus.Trouble> trouble = Optional.of(new StsStatus.Trouble(Optional.empty(), why));
    return kept.isPresent() ? used(domain, kept.get(), trouble, notes) : new StsStatus.None(why);
  }

  private static StsStatus used(
      Domain domain, CachedPolicy kept, Optional<StsStatus.Trouble> trouble, StsNotes notes) {
    notes.happened(
        new Event.StsPolicyUsed(
            domain,
            kept.id(),
            kept.policy().mode().word(),
            kept.expires(),
            trouble.map(StsStatus.Trouble::why).orElse("")));
    return new StsStatus.Known(kept.policy(), kept.id(), kept.expires(), trouble);
  }

  /** The policy, or why not, unless that was found out a moment ago. */
  private Fetched policy(Announced announced, StsNotes notes) {
    Fetched.Failed lately = failures.getIfPresent(announced);
    return lately == null ? fetch(announced, notes) : lately;
  }

  /** Fetches, or waits for whoever does. */
  private Fetched fetch(Announced announced, StsNotes notes) {
    FutureTask<Fetched> own = new FutureTask<>(() -> fetchNow(announced, notes));
    FutureTask<Fetched> other = running.putIfAbsent(announced.domain(), own);
    if (other == null) {
      try {
        own.run();
      } finally {
        running.remove(announced.domain(), own);
      }
    }
    try {
      return (other == null ? own : other).get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Fetched.Failed(FailureKind.FETCH, "it takes too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // for whoever waits for this thread's end
      return new Fetched.Failed(FailureKind.FETCH, "there was no time to wait for it");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a policy could not be fetched by a mistake of ours", e);
    }
  }

  private Fetched fetchNow(Announced announced, StsNotes notes) {
    Domain domain = announced.domain();
    Fetched fetched = source.fetch(domain, notes);
    switch (fetched) {
      case Fetched.Policy(StsPolicy policy) -> keep(announced, policy, notes);
      case Fetched.Failed failed -> remember(announced, failed);
    }
    return fetched;
  }

  private void keep(Announced announced, StsPolicy policy, StsNotes notes) {
    Domain domain = announced.domain();
    notes.happened(
        new Event.StsPolicyFetched(
            domain,
            announced.id(),
            policy.mode().word(),
            policy.mx().stream().limit(MAX_NOTED).map(MxPattern::toString).toList(),
            policy.lifetime()));
    Instant now = clock.now();
    try {
      cache.put(domain, new CachedPolicy(policy, announced.id(), now), now);
    } catch (StoreException e) {
      // it applies to this delivery all the same; the next one fetches again
      notes.happened(new Event.Fault("mta-sts " + domain, String.valueOf(e.getMessage())));
    }
  }

  /** What failed since our own thread is to end says nothing of the host. */
  private void remember(Announced announced, Fetched.Failed failed) {
    if (!Thread.currentThread().isInterrupted()) {
      failures.put(announced, failed);
    }
  }

  /**
   * Fetches anew what is kept of a domain, if it is time to: long before it ends, so that who
   * disturbs the refresh must do it for long (§3.3, §10.2).
   *
   * @return why it could not be done, if the domain's policy still demands anything
   */
  Optional<StsStatus.Trouble> refresh(Domain domain, CachedPolicy kept, StsNotes notes) {
    Optional<DnsName> name = StsRecord.nameFor(domain);
    Answer answer = resolver.ask(name.orElseThrow(), RecordType.TXT);
    Optional<StsStatus.Trouble> trouble =
        switch (StsRecord.read(answer)) {
          case StsRecord.Reading.Announced(StsRecord record) ->
              policy(new Announced(domain, record.id()), notes) instanceof Fetched.Failed failed
                  ? Optional.of(new StsStatus.Trouble(Optional.of(failed.kind()), failed.why()))
                  : Optional.empty();
          case StsRecord.Reading.Silent _ -> gone("there is no record any more");
          case StsRecord.Reading.Wrong(String why) -> gone(why);
          case StsRecord.Reading.Unanswered(String why) -> gone(why);
        };
    return trouble.filter(_ -> kept.policy().mode() != Mode.NONE);
  }

  private static Optional<StsStatus.Trouble> gone(String why) {
    return Optional.of(new StsStatus.Trouble(Optional.empty(), why));
  }

  /** How many failures are remembered. */
  long failures() {
    failures.cleanUp();
    return failures.estimatedSize();
  }

  PolicyCache cache() {
    return cache;
  }

  Instant now() {
    return clock.now();
  }
}
