package org.thurn.tls.dane;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.thurn.dns.RecordData.Tlsa;

/** What a record of matching type Full(0) holds: a whole certificate, or a whole key. */
final class WholeData {
  private WholeData() {}

  /** Of {@code 2 0 0} and {@code 3 0 0}; empty if it is none. */
  static Optional<X509Certificate> certificate(Tlsa record) {
    try {
      return Optional.of(certificate(HexFormat.of().parseHex(record.data())));
    } catch (CertificateException | IllegalArgumentException _) {
      return Optional.empty(); // a stranger's record: it holds something else
    }
  }

  /** Of {@code 2 1 0} and {@code 3 1 0}; empty if it is none, or of a kind that is unknown. */
  static Optional<PublicKey> publicKey(Tlsa record) {
    try {
      byte[] octets = HexFormat.of().parseHex(record.data());
      SubjectPublicKeyInfo key =
          SubjectPublicKeyInfo.getInstance(ASN1Primitive.fromByteArray(octets));
      return key == null
          ? Optional.empty()
          : Optional.of(new JcaPEMKeyConverter().getPublicKey(key));
    } catch (IOException | RuntimeException _) {
      // a stranger's record: it holds something else, for which libraries throw what they like
      return Optional.empty();
    }
  }

  /**
   * One certificate, as the JDK reads it.
   *
   * @throws CertificateException if it is none, or there is more than one
   */
  static X509Certificate certificate(byte[] der) throws CertificateException {
    ByteArrayInputStream octets = new ByteArrayInputStream(der);
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets);
    } catch (RuntimeException e) {
      // the JDK throws ArrayIndexOutOfBoundsException for an Ed25519 key without octets
      throw new CertificateException("a certificate that cannot be read", e);
    }
    if (octets.available() > 0) {
      throw new CertificateException("octets behind the certificate");
    }
    return certificate;
  }
}
