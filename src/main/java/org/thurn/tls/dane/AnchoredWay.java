package org.thurn.tls.dane;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates up to an anchor, each signed by the next, and whether the rules of RFC 5280 §6 hold
 * for them. The JDK knows those rules, but believes in an anchor whatever stands in it: an anchor
 * that is a certificate is checked here.
 */
record AnchoredWay(
    List<X509Certificate> way, Optional<X509Certificate> authority, TrustAnchor anchor) {
  private static final int KEY_CERT_SIGN = 5; // RFC 5280 §4.2.1.3
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12
  private static final String ANY_USE = "2.5.29.37.0";

  static AnchoredWay under(X509Certificate anchor, List<X509Certificate> way) {
    return new AnchoredWay(way, Optional.of(anchor), new TrustAnchor(anchor, null));
  }

  /** A bare key has neither name nor time: it may have signed for the issuer's name. */
  static AnchoredWay under(PublicKey key, List<X509Certificate> way) {
    return new AnchoredWay(
        way, Optional.empty(), new TrustAnchor(way.getLast().getIssuerX500Principal(), key, null));
  }

  Optional<TlsaMatch.Mismatched> objection(Instant now) {
    try {
      if (authority.isPresent()) {
        check(authority.get(), now);
      }
      for (X509Certificate certificate : way) {
        checkUse(certificate);
      }
      PKIXParameters rules = new PKIXParameters(Set.of(anchor));
      rules.setRevocationEnabled(false); // the DNS record is what its owner takes back
      rules.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(way), rules);
      return Optional.empty();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return Optional.of(untimely(e));
    } catch (CertPathValidatorException e) {
      boolean time =
          e.getReason() == CertPathValidatorException.BasicReason.EXPIRED
              || e.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID;
      return Optional.of(time ? untimely(e) : broken(e));
    } catch (GeneralSecurityException e) {
      return Optional.of(broken(e));
    }
  }

  private static TlsaMatch.Mismatched untimely(GeneralSecurityException e) {
    return new TlsaMatch.Mismatched(
        TlsaMatch.Cause.TIME,
        "a certificate up to the TLSA record's is not valid now: " + words(e));
  }

  private static TlsaMatch.Mismatched broken(GeneralSecurityException e) {
    return new TlsaMatch.Mismatched(
        TlsaMatch.Cause.CHAIN, "the chain up to the TLSA record's does not hold: " + words(e));
  }

  private static String words(GeneralSecurityException e) {
    return String.valueOf(e.getMessage());
  }

  private void check(X509Certificate authority, Instant now) throws CertificateException {
    authority.checkValidity(Date.from(now));
    checkUse(authority);
    boolean[] usage = authority.getKeyUsage();
    if (authority.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new CertificateException("the anchor is not the certificate of an authority");
    }
    // RFC 5280 §4.2.1.9: those that are issued to themselves do not count
    long between =
        way.stream()
            .skip(1)
            .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
            .count();
    if (between > authority.getBasicConstraints()) {
      throw new CertificateException("more authorities under the anchor than it allows");
    }
  }

  /** As the platform does for authorities, for all certificates: what is for mail is no server. */
  private static void checkUse(X509Certificate certificate) throws CertificateException {
    List<String> uses = certificate.getExtendedKeyUsage();
    if (uses != null && !uses.contains(SERVER_AUTH) && !uses.contains(ANY_USE)) {
      throw new CertificateException("a certificate that is not for servers");
    }
  }
}
