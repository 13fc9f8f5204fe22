package org.thurn.tls.dane;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.RecordData.Tlsa;
import org.thurn.tls.dane.DaneVerifier.Presented;

/**
 * Looks for a way from a server's certificate up to what a DANE-TA(2) record is about: a
 * certificate that was sent, or the one or the bare key that the record itself holds (RFC 7671
 * §5.2). Certificates may be sent in any order, and several may bear one name.
 */
final class AnchorSearch {
  /**
   * Signatures that are looked at: a chain of four needs three, and a hostile one of ten could be
   * put in hundreds of thousands of orders.
   */
  static final int MAX_SIGNATURES = 50;

  private final List<Tlsa> records;
  private final List<Presented> above;
  private final Instant now;
  private int signatures;
  private TlsaMatch.Mismatched closest =
      new TlsaMatch.Mismatched(
          TlsaMatch.Cause.OTHER_KEY, "no TLSA record fits the server's certificate");

  AnchorSearch(List<Tlsa> records, List<Presented> above, Instant now) {
    this.records = records;
    this.above = above;
    this.now = now;
  }

  TlsaMatch from(Presented own) {
    if (records.isEmpty()) {
      return closest;
    }
    Optional<Tlsa> found = upwards(List.of(own.certificate()));
    return found.isPresent() ? new TlsaMatch.Matched(found.get()) : closest;
  }

  /** The record that a way leads to which begins with these certificates. */
  private Optional<Tlsa> upwards(List<X509Certificate> way) {
    X509Certificate top = way.getLast();
    for (Tlsa record : records) {
      if (record.matching() == TlsaData.FULL && holdsSigner(record, way)) {
        return Optional.of(record);
      }
    }
    for (Presented next : above) {
      X509Certificate issuer = next.certificate();
      if (!way.contains(issuer) && issued(issuer, top)) {
        Optional<Tlsa> anchor =
            records.stream().filter(next::fits).filter(_ -> holds(way, issuer)).findFirst();
        if (anchor.isPresent()) {
          return anchor;
        }
        List<X509Certificate> longer = new ArrayList<>(way);
        longer.add(issuer);
        Optional<Tlsa> found = upwards(longer);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the record holds who signed the way's last certificate, and the way holds. A key whose
   * certificate was sent is judged by that: it says more.
   */
  private boolean holdsSigner(Tlsa record, List<X509Certificate> way) {
    X509Certificate top = way.getLast();
    if (record.selector() == TlsaData.CERT) {
      return WholeData.certificate(record)
          .filter(anchor -> issued(anchor, top) && holds(way, anchor))
          .isPresent();
    }
    return WholeData.publicKey(record)
        .filter(_ -> above.stream().noneMatch(certificate -> certificate.fits(record)))
        .filter(key -> signed(key, top))
        .filter(key -> holds(AnchoredWay.under(key, way)))
        .isPresent();
  }

  private boolean holds(List<X509Certificate> way, X509Certificate anchor) {
    return holds(AnchoredWay.under(anchor, way));
  }

  /** Remembers why not, to tell if no other way does. */
  private boolean holds(AnchoredWay way) {
    Optional<TlsaMatch.Mismatched> objection = way.objection(now);
    objection.ifPresent(found -> closest = found);
    return objection.isEmpty();
  }

  private boolean issued(X509Certificate issuer, X509Certificate subject) {
    return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
        && signed(issuer.getPublicKey(), subject);
  }

  private boolean signed(PublicKey key, X509Certificate subject) {
    if (++signatures > MAX_SIGNATURES) {
      return false;
    }
    try {
      subject.verify(key);
      return true;
    } catch (GeneralSecurityException _) {
      return false; // by another key, or of a kind that is unknown
    }
  }
}
