package org.thurn.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;

/**
 * Keeps a certificate for each name: has the first issued, renews it in time, and has shown what is
 * good. Whatever fails, what is shown stays. All that it knows is in the store, so that a crash
 * costs at most an order.
 */
public final class CertificateKeeping implements AutoCloseable {
  /** Where faults of certificates are. */
  static final String WHERE = "certificates";

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration ALARM = Duration.ofDays(1);

  /**
   * Where certificates are shown.
   *
   * @param show takes all there are, the first name's first
   * @param now what clients of a name are shown now
   */
  public record Shelf(
      Consumer<List<CertifiedKey>> show, Function<Domain, List<X509Certificate>> now) {}

  private final AcmeSettings settings;
  private final CertificateStore store;
  private final Renewal renewal;
  private final TlsaKeeping tlsa;
  private final Shelf shelf;
  private final Time time;
  private final Journey journey;
  private final Pace alarms;
  private final ReentrantLock lock = new ReentrantLock();
  private final OwnThread thread;

  /** Beside the interruption, which a library below may lose. */
  private volatile boolean closed;

  /**
   * What it lives in.
   *
   * @param resolver sees the DNS
   * @param publisher changes it; empty where people do
   */
  public record Surroundings(
      Resolver resolver, Optional<RecordPublisher> publisher, Time time, Journey journey) {}

  /**
   * Shows what the store has.
   *
   * @param authority who issues
   */
  public CertificateKeeping(
      AcmeSettings settings,
      CertificateStore store,
      CertificateAuthority authority,
      Shelf shelf,
      Surroundings in) {
    this.settings = settings;
    this.store = store;
    this.renewal = new Renewal(authority, store, new Random(), in.time(), in.journey());
    this.tlsa =
        new TlsaKeeping(
            in.resolver(),
            settings.publishTlsa() ? in.publisher() : Optional.empty(),
            store,
            in.time(),
            in.journey());
    this.shelf = shelf;
    this.time = in.time();
    this.journey = in.journey();
    this.alarms = new Pace(time);
    this.thread = new OwnThread(WHERE, this::run);
    show();
  }

  /** Begins to keep them. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!closed) {
      round();
      time.pause(PERIOD);
    }
  }

  /** Does what is due now for every name. */
  public void round() throws InterruptedException {
    for (Domain name : settings.names()) {
      lock.lockInterruptibly();
      try {
        attend(name);
      } catch (RuntimeException e) {
        // a fault of the store or a bug: the other names have their turn, and this one again
        journey.note(new Event.Fault(WHERE, name + ": " + e));
      } finally {
        lock.unlock();
      }
    }
  }

  private void attend(Domain name) throws InterruptedException {
    HeldCertificate held = tlsa.keep(nextKey(kept(name)));
    if (held.isStale(time.now())) {
      held = held.withoutWaiting();
    }
    if (held.waiting().isEmpty()) {
      held = renewal.heed(held);
      if (isDue(held)) {
        held = renewal.issue(held, keyFor(held));
      }
    }
    alarm(change(held));
  }

  private HeldCertificate kept(Domain name) {
    return store
        .of(name)
        .orElseGet(
            () -> {
              HeldCertificate fresh = HeldCertificate.fresh(name, time.now());
              store.put(fresh); // its key may be published from now on
              return fresh;
            });
  }

  private HeldCertificate nextKey(HeldCertificate held) {
    Duration every = settings.rotateKeyEvery();
    boolean due =
        !every.isZero()
            && held.next().isEmpty()
            && held.shown().isPresent()
            && !held.key().made().plus(every).isAfter(time.now());
    if (!due) {
      return held;
    }
    HeldCertificate now = held.withNext(MadeKey.fresh(time.now()));
    store.put(now);
    tlsa.lookAgain(held.name());
    return now;
  }

  private boolean isDue(HeldCertificate held) {
    Instant now = time.now();
    if (held.trouble().filter(trouble -> trouble.again().isAfter(now)).isPresent()) {
      return false;
    }
    return held.due().filter(at -> at.isAfter(now)).isEmpty() || isNextReady(held);
  }

  private boolean isNextReady(HeldCertificate held) {
    return held.next().isPresent()
        && held.nextFrom().filter(from -> !from.isAfter(time.now())).isPresent();
  }

  private MadeKey keyFor(HeldCertificate held) {
    return isNextReady(held) ? held.next().orElseThrow() : held.key();
  }

  /** Shows what waits, if the DNS allows it. */
  private HeldCertificate change(HeldCertificate held) {
    if (held.waiting().isEmpty()
        || !tlsa.allows(held, held.waiting().get(), shelf.now.apply(held.name()))) {
      return held;
    }
    CertifiedKey chain = held.waiting().get();
    HeldCertificate now = held.switched(chain);
    store.put(now);
    tlsa.lookAgain(held.name());
    show();
    X509Certificate own = chain.certificate();
    journey.note(
        new Event.CertificateSwitched(
            held.name(), Renewal.issuer(own), own.getNotAfter().toInstant(), Renewal.digest(own)));
    return now;
  }

  private void show() {
    List<CertifiedKey> all = new ArrayList<>();
    settings
        .names()
        .forEach(name -> store.of(name).flatMap(HeldCertificate::shown).ifPresent(all::add));
    shelf.show.accept(all);
  }

  private void alarm(HeldCertificate held) {
    Optional<String> warning = warning(held);
    if (warning.isPresent() && alarms.isDue(held.name(), ALARM)) {
      journey.note(new Event.Fault(WHERE, warning.get()));
    }
  }

  private Optional<String> warning(HeldCertificate held) {
    return held.alarmAt()
        .filter(at -> !at.isAfter(time.now()))
        .map(
            _ ->
                "the certificate of %s expires at %s and is not renewed: %s"
                    .formatted(
                        held.name(),
                        held.expires().orElseThrow(),
                        held.trouble()
                            .map(HeldCertificate.Trouble::reason)
                            .orElse("the new one waits")));
  }

  /** What an administrator should know of now. */
  public List<String> warnings() {
    return settings.names().stream()
        .flatMap(name -> store.of(name).flatMap(this::warning).stream())
        .toList();
  }

  /**
   * A name as it stands.
   *
   * @param tlsa what the DNS is to have for it
   * @param dns what it has; empty if it does not answer
   */
  public record Listed(
      HeldCertificate held, List<RecordData.Tlsa> tlsa, Optional<List<RecordData.Tlsa>> dns) {}

  /** All names, in the settings' order; the DNS is asked now. */
  public List<Listed> list() {
    return settings.names().stream()
        .flatMap(name -> store.of(name).stream())
        .map(this::listed)
        .toList();
  }

  private Listed listed(HeldCertificate held) {
    Answer answer = tlsa.ask(held.name());
    return new Listed(
        held,
        TlsaKeeping.wanted(held),
        answer.failed() ? Optional.empty() : Optional.of(TlsaKeeping.records(answer)));
  }

  /**
   * Renews a certificate now, whatever the time and whatever failed before.
   *
   * @return as it is now; empty for a name that is not kept here
   */
  public Optional<HeldCertificate> renew(Domain name) throws InterruptedException {
    if (!settings.names().contains(name)) {
      return Optional.empty();
    }
    lock.lockInterruptibly();
    try {
      tlsa.lookAgain(name);
      HeldCertificate held = tlsa.keep(nextKey(kept(name)));
      return Optional.of(change(renewal.issue(held, keyFor(held))));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what it does: the store must not be closed under it. */
  @Override
  public void close() {
    closed = true;
    thread.close();
  }
}
