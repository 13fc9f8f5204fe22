package org.thurn.tls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.tls.CertifiedKey;

/**
 * What is kept for one name.
 *
 * @param key in use, or to be used by the first certificate
 * @param shown what clients are shown; empty before the first
 * @param waiting what was issued and waits until the DNS allows it
 * @param next the key that comes after
 * @param nextFrom from when the next key may be used: its TLSA record is known everywhere
 * @param renewAt when the authority wants it renewed, if it said
 * @param trouble what failed last; empty when all is well
 */
public record HeldCertificate(
    Domain name,
    MadeKey key,
    Optional<CertifiedKey> shown,
    Optional<CertifiedKey> waiting,
    Optional<MadeKey> next,
    Optional<Instant> nextFrom,
    Optional<Instant> renewAt,
    Optional<Trouble> trouble) {

  /**
   * Attempts that failed.
   *
   * @param failures one after the other
   * @param again when the next attempt is made
   */
  public record Trouble(String reason, int failures, Instant again) {}

  static HeldCertificate fresh(Domain name, Instant now) {
    return new HeldCertificate(
        name,
        MadeKey.fresh(now),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  HeldCertificate withTrouble(Optional<Trouble> now) {
    return new HeldCertificate(name, key, shown, waiting, next, nextFrom, renewAt, now);
  }

  HeldCertificate withRenewAt(Optional<Instant> at) {
    return new HeldCertificate(name, key, shown, waiting, next, nextFrom, at, trouble);
  }

  HeldCertificate withWaiting(CertifiedKey chain) {
    return new HeldCertificate(
        name, key, shown, Optional.of(chain), next, nextFrom, renewAt, Optional.empty());
  }

  HeldCertificate withoutWaiting() {
    return new HeldCertificate(
        name, key, shown, Optional.empty(), next, nextFrom, renewAt, trouble);
  }

  /** Whether what waits has waited so long that it would have to be renewed. */
  boolean isStale(Instant now) {
    return waiting
        .map(CertifiedKey::certificate)
        .filter(own -> !own.getNotAfter().toInstant().minus(life(own).dividedBy(3)).isAfter(now))
        .isPresent();
  }

  HeldCertificate withNext(MadeKey made) {
    return new HeldCertificate(
        name, key, shown, waiting, Optional.of(made), Optional.empty(), renewAt, trouble);
  }

  HeldCertificate withNextFrom(Optional<Instant> from) {
    return new HeldCertificate(name, key, shown, waiting, next, from, renewAt, trouble);
  }

  /** What waited is shown; if it is of the next key, that is the key from now on. */
  HeldCertificate switched(CertifiedKey chain) {
    boolean moved = isOfNext(chain.certificate());
    return new HeldCertificate(
        name,
        moved ? next.orElseThrow() : key,
        Optional.of(chain),
        Optional.empty(),
        moved ? Optional.empty() : next,
        moved ? Optional.empty() : nextFrom,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether a certificate is of the next key. */
  boolean isOfNext(X509Certificate certificate) {
    return next.filter(made -> made.pair().getPublic().equals(certificate.getPublicKey()))
        .isPresent();
  }

  /** When what is shown expires. */
  public Optional<Instant> expires() {
    return shown.map(chain -> chain.certificate().getNotAfter().toInstant());
  }

  /** How long it was made to live. */
  private static Duration life(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  /**
   * When it is to be renewed: as the authority says, else with a third of its life left; never
   * later than {@link #alarmAt}, whatever the authority says.
   */
  public Optional<Instant> due() {
    return shown.map(
        chain -> {
          X509Certificate own = chain.certificate();
          Instant usual = own.getNotAfter().toInstant().minus(life(own).dividedBy(3));
          Instant at = renewAt.orElse(usual);
          Instant latest = alarmAt().orElse(usual);
          return at.isAfter(latest) ? latest : at;
        });
  }

  /** When a fifth of its life is left. */
  public Optional<Instant> alarmAt() {
    return shown.map(
        chain ->
            chain
                .certificate()
                .getNotAfter()
                .toInstant()
                .minus(life(chain.certificate()).dividedBy(5)));
  }
}
