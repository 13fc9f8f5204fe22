package org.thurn.tls.acme;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.thurn.name.Domain;
import org.thurn.tls.CertifiedKey;

/** Certificates that nobody vouches for. */
public final class SelfSigned {
  /** What is shown until the authority has issued one; clients that care do not take it anyway. */
  private static final Duration PLACE_HOLDER = Duration.ofDays(3_650);

  private static final Duration SKEW = Duration.ofHours(1);

  private SelfSigned() {}

  /** One more extension, a critical one. */
  record Mark(ASN1ObjectIdentifier type, ASN1Encodable value) {}

  /**
   * What a server shows before it has a certificate: whoever speaks opportunistic TLS (RFC 7435)
   * asks for no more, and what is sent is not readable on the way.
   */
  public static CertifiedKey placeHolder(Domain name, Instant now) {
    return make(name, now, PLACE_HOLDER, Optional.empty());
  }

  static CertifiedKey make(Domain name, Instant now, Duration life, Optional<Mark> mark) {
    KeyPair own = MadeKey.fresh(now).pair();
    X500Name subject = new X500Name("CN=thurn");
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.valueOf(now.getEpochSecond()),
              Date.from(now.minus(SKEW)),
              Date.from(now.plus(life)),
              subject,
              own.getPublic());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name.ascii())));
      if (mark.isPresent()) {
        builder.addExtension(mark.get().type, true, mark.get().value);
      }
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(own.getPrivate())));
      return new CertifiedKey(List.of(certificate), own.getPrivate());
    } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a key on P-256 signs", e);
    }
  }
}
