package org.thurn.tls.acme;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;

/**
 * Sees to it that what is shown is never what the TLSA records deny: a sender that follows them
 * would not deliver (RFC 7672 §2.2). Writes them where it may.
 */
final class TlsaKeeping {
  /** Caches may have the records from before for as long as their TTL; RFC 7671 §8.1 takes two. */
  static final int LIVES = 2;

  /** Where the TTL is short: somebody may still be changing the record. */
  static final Duration SHORTEST_WAIT = Duration.ofHours(1);

  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration TELL = Duration.ofHours(6);

  private final Resolver resolver;
  private final Optional<RecordPublisher> publisher;
  private final CertificateStore store;
  private final Time time;
  private final Journey journey;
  private final Pace looks;
  private final Pace tells;

  /**
   * @param publisher writes the records; empty where people do
   */
  TlsaKeeping(
      Resolver resolver,
      Optional<RecordPublisher> publisher,
      CertificateStore store,
      Time time,
      Journey journey) {
    this.resolver = resolver;
    this.publisher = publisher;
    this.store = store;
    this.time = time;
    this.journey = journey;
    this.looks = new Pace(time);
    this.tells = new Pace(time);
  }

  Answer ask(Domain name) {
    return resolver.ask(TlsaRecords.name(name), RecordType.TLSA);
  }

  static List<RecordData.Tlsa> records(Answer answer) {
    return answer.all(RecordData.Tlsa.class).toList();
  }

  /** What the DNS is to have: the key in use, and the one that comes after. */
  static List<RecordData.Tlsa> wanted(HeldCertificate held) {
    List<RecordData.Tlsa> wanted = new ArrayList<>();
    wanted.add(TlsaRecords.of(held.key().pair().getPublic()));
    held.next().ifPresent(next -> wanted.add(TlsaRecords.of(next.pair().getPublic())));
    return wanted;
  }

  /**
   * Whether a chain may be shown instead of another. It may if records speak for it, if there are
   * none, or if none speaks for what is shown either: then waiting would help nobody. As long as
   * the DNS does not answer, what is shown stays while it is good.
   */
  boolean allows(HeldCertificate held, CertifiedKey next, List<X509Certificate> now) {
    Answer answer = ask(held.name());
    if (answer.failed()) {
      boolean good = held.alarmAt().filter(at -> at.isAfter(time.now())).isPresent();
      if (good) {
        tell(
            held.name(),
            "the new certificate of %s waits: it cannot be seen whether the DNS has TLSA records: %s"
                .formatted(held.name(), answer.explanation()));
      }
      return !good;
    }
    List<RecordData.Tlsa> usable = TlsaRecords.usable(records(answer));
    if (usable.isEmpty() || TlsaRecords.match(usable, next.chain())) {
      return true;
    }
    boolean waits = TlsaRecords.match(usable, now);
    tell(
        held.name(),
        "%s: no TLSA record in the DNS is of the new certificate. Publish: %s"
            .formatted(
                waits
                    ? "the new certificate of " + held.name() + " waits"
                    : "senders that use DANE cannot deliver to " + held.name(),
                TlsaRecords.line(held.name(), TlsaRecords.of(next.certificate().getPublicKey()))));
    return !waits;
  }

  private void tell(Domain name, String words) {
    if (tells.isDue(name, TELL)) {
      journey.note(new Event.Fault(CertificateKeeping.WHERE, words));
    }
  }

  /** Writes what is missing, where it may, and notices when the next key is known everywhere. */
  HeldCertificate keep(HeldCertificate held) {
    boolean concerned = held.next().isPresent() || publisher.isPresent();
    if (!concerned || held.shown().isEmpty() || !looks.isDue(held.name(), LOOK)) {
      return held;
    }
    Answer answer = ask(held.name());
    if (answer.failed()) {
      return held;
    }
    List<RecordData.Tlsa> there = records(answer);
    List<RecordData.Tlsa> wanted = wanted(held);
    Optional<RecordPublisher> to = publisher;
    if (to.isPresent() && !new HashSet<>(there).equals(new HashSet<>(wanted))) {
      publish(held.name(), to.get(), wanted);
    }
    return held.next().isPresent() ? known(held, answer, there, to.isPresent()) : held;
  }

  private void publish(Domain name, RecordPublisher to, List<RecordData.Tlsa> wanted) {
    try {
      to.publishTlsa(TlsaRecords.name(name), wanted);
    } catch (IOException e) {
      tell(name, "the DNS did not take the TLSA records of " + name + ": " + e.getMessage());
    }
  }

  private HeldCertificate known(
      HeldCertificate held, Answer answer, List<RecordData.Tlsa> there, boolean ours) {
    RecordData.Tlsa next = wanted(held).getLast();
    // where nobody has TLSA records there is nobody to wait for
    boolean seen = there.contains(next) || (there.isEmpty() && !ours);
    Optional<Instant> from =
        seen
            ? held.nextFrom().or(() -> Optional.of(time.now().plus(wait(answer))))
            : Optional.empty();
    if (!seen && !ours) {
      tell(
          held.name(),
          "the next key of %s waits until the DNS shows it. Publish beside what is there: %s"
              .formatted(held.name(), TlsaRecords.line(held.name(), next)));
    }
    HeldCertificate now = held.withNextFrom(from);
    if (!now.equals(held)) {
      store.put(now);
    }
    return now;
  }

  private static Duration wait(Answer answer) {
    Duration lives = answer.ttl().multipliedBy(LIVES);
    return lives.compareTo(SHORTEST_WAIT) > 0 ? lives : SHORTEST_WAIT;
  }

  /** Somebody may just have changed it. */
  void lookAgain(Domain name) {
    looks.forget(name);
    tells.forget(name);
  }
}
