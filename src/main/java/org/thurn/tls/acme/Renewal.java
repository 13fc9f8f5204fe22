package org.thurn.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;

/** Asks the authority for a certificate when it is time, and looks at what comes. */
final class Renewal {
  /** The pause after the first failure, doubled after each. Let's Encrypt bears five an hour. */
  static final Duration FIRST_PAUSE = Duration.ofMinutes(15);

  static final Duration LONGEST_PAUSE = Duration.ofHours(12);

  /** When little of its life is left. */
  static final Duration URGENT_PAUSE = Duration.ofHours(1);

  private static final int MAX_DOUBLINGS = 10;

  /** RFC 9773 §4.3 lets the authority say; six hours is what it is to say at first. */
  private static final Duration ASK = Duration.ofHours(6);

  /** Reasons go into a row and onto a line. */
  private static final int MAX_REASON = 1_000;

  private final CertificateAuthority authority;
  private final CertificateStore store;
  private final RandomGenerator random;
  private final Time time;
  private final Journey journey;
  private final Pace asks;

  Renewal(
      CertificateAuthority authority,
      CertificateStore store,
      RandomGenerator random,
      Time time,
      Journey journey) {
    this.authority = authority;
    this.store = store;
    this.random = random;
    this.time = time;
    this.journey = journey;
    this.asks = new Pace(time);
  }

  /** Has a certificate of this key issued; good or bad, the outcome is kept. */
  HeldCertificate issue(HeldCertificate held, MadeKey key) throws InterruptedException {
    Optional<X509Certificate> before = held.shown().map(CertifiedKey::certificate);
    try {
      List<X509Certificate> chain = authority.issue(held.name(), key.pair(), before);
      Optional<String> defect =
          IssuedChain.defect(chain, held.name(), key.pair().getPublic(), before, time.now());
      if (defect.isPresent()) {
        return failed(held, new AuthorityException(defect.get()));
      }
      CertifiedKey issued = new CertifiedKey(chain, key.pair().getPrivate());
      HeldCertificate now = held.withWaiting(issued);
      store.put(now);
      X509Certificate own = issued.certificate();
      journey.note(
          new Event.CertificateIssued(
              held.name(), issuer(own), own.getNotAfter().toInstant(), digest(own)));
      return now;
    } catch (AuthorityException e) {
      return failed(held, e);
    }
  }

  static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  static String digest(X509Certificate certificate) {
    return HexFormat.of().formatHex(Digests.sha256(certificate.getPublicKey().getEncoded()));
  }

  private HeldCertificate failed(HeldCertificate held, AuthorityException failure) {
    String words = String.valueOf(failure.getMessage());
    String reason = words.length() > MAX_REASON ? words.substring(0, MAX_REASON) : words;
    int failures = held.trouble().map(HeldCertificate.Trouble::failures).orElse(0) + 1;
    Instant again = time.now().plus(pause(held, failures));
    if (failure.notBefore().filter(again::isBefore).isPresent()) {
      // an authority may ask for patience, but not for ever
      Instant latest = time.now().plus(LONGEST_PAUSE);
      again = failure.notBefore().filter(latest::isAfter).orElse(latest);
    }
    HeldCertificate now =
        held.withTrouble(Optional.of(new HeldCertificate.Trouble(reason, failures, again)));
    store.put(now);
    journey.note(new Event.CertificateFailed(held.name(), reason, again));
    return now;
  }

  private Duration pause(HeldCertificate held, int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    boolean urgent = held.alarmAt().filter(time.now()::isAfter).isPresent();
    Duration longest = urgent ? URGENT_PAUSE : LONGEST_PAUSE;
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  /** Asks now and then when the authority wants what is shown renewed, RFC 9773. */
  HeldCertificate heed(HeldCertificate held) throws InterruptedException {
    if (held.shown().isEmpty() || !asks.isDue(held.name(), ASK)) {
      return held;
    }
    try {
      Optional<Instant> at =
          authority
              .renewal(held.shown().get().certificate())
              .map(window -> within(window, held.renewAt()));
      HeldCertificate now = held.withRenewAt(at);
      if (!now.equals(held)) {
        store.put(now);
      }
      return now;
    } catch (AuthorityException e) {
      journey.note(
          new Event.Fault(
              CertificateKeeping.WHERE,
              "it is not known when to renew that of %s, so a third of its life before its end: %s"
                  .formatted(held.name(), e.getMessage())));
      return held;
    }
  }

  /** A moment of the window, drawn once: all the world is not to come at its beginning. */
  private Instant within(CertificateAuthority.Window window, Optional<Instant> drawn) {
    return drawn
        .filter(at -> !at.isBefore(window.start()) && !at.isAfter(window.end()))
        .orElseGet(
            () -> {
              long seconds = Duration.between(window.start(), window.end()).toSeconds();
              return window.start().plusSeconds(seconds == 0 ? 0 : random.nextLong(seconds));
            });
  }
}
