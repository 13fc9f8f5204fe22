package org.thurn.transfer.signing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.rotation.KeyState;
import org.thurn.authentication.dkim.rotation.Rotation;
import org.thurn.authentication.dkim.rotation.RotationSettings;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.authentication.dkim.rotation.Step;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/**
 * Lives the lives of the domains' keys: makes those that are missing, tells the DNS of them where
 * it may, looks whether the DNS shows them, and carries out what {@link Rotation} says is due. What
 * it did it notes. It asks and tells again what failed; every step may be repeated after a crash.
 */
public final class KeyKeeping {
  /** What a change of the schedule is noted as. */
  public static final String SCHEDULE = "schedule";

  /** How long one round goes on: other housekeeping waits for it. */
  private static final Duration ROUND = Duration.ofSeconds(20);

  /** A key that is made, published, activated and whose forerunner retires takes four. */
  private static final int MAX_PASSES = 8;

  private final SigningKeys keys;
  private final Supplier<RotationSettings> settings;
  private final Supplier<Optional<KeyPublisher>> publisher;
  private final KeyRecords records;
  private final Time time;
  private final Journey journey;

  /** One thread changes keys at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  private int next;

  /**
   * @param resolver tells whether the DNS shows a key
   * @param publisher changes the DNS; empty where people do. Asked for each round
   * @param settings how long keys live; asked for each step
   */
  public KeyKeeping(
      SigningKeys keys,
      Resolver resolver,
      Supplier<Optional<KeyPublisher>> publisher,
      Supplier<RotationSettings> settings,
      Time time,
      Journey journey) {
    this.keys = keys;
    this.settings = settings;
    this.publisher = publisher;
    this.records = new KeyRecords(keys, resolver, publisher, time, journey);
    this.time = time;
    this.journey = journey;
  }

  /**
   * Attends to these domains, one after the other. Making keys and asking takes time: what does not
   * fit into a round comes first in the next one.
   */
  public void round(List<Domain> domains) {
    lock.lock();
    try {
      long end = time.ticks() + ROUND.toNanos();
      boolean stopped = false;
      for (int done = 0; done < domains.size() && !stopped; done++) {
        next = (next + 1) % domains.size();
        attend(domains.get(next));
        stopped = time.ticks() - end > 0 || Thread.currentThread().isInterrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Does now what is due for a domain. */
  public void attend(Domain domain) {
    lock.lock();
    try {
      boolean due = true;
      for (int pass = 0; due && pass < MAX_PASSES; pass++) {
        records.attend(domain);
        List<Step> steps = due(domain);
        steps.forEach(step -> carryOut(domain, step));
        due = !steps.isEmpty();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is due now, in its order. */
  public List<Step> due(Domain domain) {
    Instant now = time.now();
    List<DomainKey> own = keys.of(domain);
    // Nobody can have cached the absence of a signature: the first key of its kind needs no wait.
    Set<Algorithm> signing =
        own.stream()
            .filter(key -> key.stage() == Stage.ACTIVE)
            .map(key -> key.state().algorithm())
            .collect(Collectors.toSet());
    Map<Algorithm, Step> first = new HashMap<>();
    own.stream()
        .filter(key -> key.stage() == Stage.PUBLISHED && key.shown())
        .filter(key -> !signing.contains(key.state().algorithm()))
        .forEach(key -> first.putIfAbsent(key.state().algorithm(), activate(key)));
    return first.isEmpty()
        ? new Rotation(settings.get())
            .next(now, own.stream().map(key -> asFound(key, now)).toList())
        : List.copyOf(first.values());
  }

  private static Step activate(DomainKey key) {
    return new Step.Activate(key.selector());
  }

  /** What the DNS has not shown yet waits on; what somebody wants replaced is old. */
  private static KeyState asFound(DomainKey key, Instant now) {
    return switch (key.stage()) {
      case PUBLISHED -> key.shown() ? key.state() : key.state().moved(Stage.PUBLISHED, now);
      case ACTIVE -> key.replace() ? key.state().moved(Stage.ACTIVE, Instant.EPOCH) : key.state();
      case RETIRED, REVOKED, GONE -> key.state();
    };
  }

  /** What comes next for a key, in words for an administrator. */
  public String plan(Domain domain, DomainKey key) {
    return new KeyPlan(keys.of(domain), settings.get(), publisher.get().isPresent()).next(key);
  }

  /** Where the DNS is to have a key. */
  public static DnsName recordName(Domain domain, DomainKey key) {
    return KeyRecords.name(domain, key.selector());
  }

  private void carryOut(Domain domain, Step step) {
    Instant now = time.now();
    switch (step) {
      case Step.Publish(String usual, Algorithm algorithm) -> {
        String selector = selector(domain, algorithm, usual);
        keys.put(domain, DomainKey.fresh(selector, DkimKey.generate(algorithm), now));
        note("dkim-key-made", domain, selector);
      }
      case Step.Activate(String selector) -> move(domain, selector, Stage.ACTIVE, now);
      case Step.Retire(String selector) -> move(domain, selector, Stage.RETIRED, now);
      case Step.Revoke(String selector) -> move(domain, selector, Stage.REVOKED, now);
      case Step.Remove(String selector) -> move(domain, selector, Stage.GONE, now);
    }
  }

  /**
   * The first name of the year that no key of the domain has had, such as {@code 2026a-rsa}: the
   * keys of both kinds are recognized as made together.
   *
   * @param usual when the year has had them all
   */
  private String selector(Domain domain, Algorithm algorithm, String usual) {
    Set<String> taken =
        keys.of(domain).stream().map(DomainKey::selector).collect(Collectors.toSet());
    int year = time.now().atOffset(ZoneOffset.UTC).getYear();
    String kind = algorithm == Algorithm.ED25519_SHA256 ? "ed" : algorithm.keyType();
    return IntStream.rangeClosed('a', 'z')
        .mapToObj(letter -> "%d%c-%s".formatted(year, letter, kind))
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElse(usual);
  }

  private void move(Domain domain, String selector, Stage stage, Instant now) {
    for (DomainKey key : keys.of(domain)) {
      if (key.selector().equals(selector)) {
        keys.put(domain, key.moved(stage, now));
        note("dkim-key-" + stage.name().toLowerCase(Locale.ROOT), domain, selector);
      }
    }
  }

  private void note(String action, Domain domain, String selector) {
    journey.note(new Event.Administered(action, selector + " of " + domain, SCHEDULE));
  }

  /**
   * Begins to replace the keys that sign: successors are made now, and sign when everybody can know
   * them.
   */
  public void rotate(Domain domain, String author) {
    lock.lock();
    try {
      for (DomainKey key : keys.of(domain)) {
        if (key.stage() == Stage.ACTIVE && !key.replace()) {
          keys.put(domain, key.toReplace());
        }
      }
      journey.note(new Event.Administered("dkim-rotate", domain.ascii(), author));
      attend(domain);
    } finally {
      lock.unlock();
    }
  }

  /** Asks the DNS at the next opportunity, although it was asked not long ago. */
  public void lookAgain(Domain domain) {
    lock.lock();
    try {
      records.lookAgain(domain);
      attend(domain);
    } finally {
      lock.unlock();
    }
  }
}
