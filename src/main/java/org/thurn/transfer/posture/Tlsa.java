package org.thurn.transfer.posture;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.tls.CertificateName;

/** Whether a chain of certificates is what a TLSA record says, RFC 7672 §3. */
final class Tlsa {
  private static final int TRUST_ANCHOR = 2;
  private static final int END_ENTITY = 3;

  private Tlsa() {}

  /** RFC 7672 §3.1.3: the other usages are not for SMTP; nor are parameters that nobody knows. */
  static boolean isUsable(RecordData.Tlsa record) {
    return (record.usage() == TRUST_ANCHOR || record.usage() == END_ENTITY)
        && record.selector() <= 1
        && record.matching() <= 2;
  }

  static boolean matches(
      RecordData.Tlsa record, List<X509Certificate> chain, Domain host, Instant now) {
    if (chain.isEmpty() || !isUsable(record)) {
      return false;
    }
    // RFC 7672 §3.1.1: of DANE-EE neither name nor time matters.
    return record.usage() == END_ENTITY
        ? is(record, chain.getFirst())
        : CertificateName.matches(chain.getFirst(), host) && leadsTo(record, chain, now);
  }

  /** DANE-TA: signatures lead from the host's certificate to the one of the record. */
  private static boolean leadsTo(RecordData.Tlsa record, List<X509Certificate> chain, Instant now) {
    try {
      for (int i = 0; i < chain.size(); i++) {
        chain.get(i).checkValidity(Date.from(now));
        if (i > 0) {
          chain.get(i - 1).verify(chain.get(i).getPublicKey());
          if (chain.get(i).getBasicConstraints() < 0) {
            return false;
          }
        }
        if (is(record, chain.get(i))) {
          return true;
        }
      }
      return false;
    } catch (CertificateException _) {
      return false; // its time is over, or it cannot be read
    } catch (GeneralSecurityException _) {
      return false; // not signed by the next one
    }
  }

  private static boolean is(RecordData.Tlsa record, X509Certificate certificate) {
    try {
      byte[] octets =
          record.selector() == 0
              ? certificate.getEncoded()
              : certificate.getPublicKey().getEncoded();
      String data =
          switch (record.matching()) {
            case 0 -> HexFormat.of().formatHex(octets);
            case 1 -> digest("SHA-256", octets);
            default -> digest("SHA-512", octets);
          };
      return data.equals(record.data());
    } catch (CertificateEncodingException _) {
      return false; // what has no encoding has no digest
    }
  }

  /** The record that RFC 7672 §3.1 recommends for a certificate, DANE-EE(3) SPKI(1) SHA-256(1). */
  static String recommended(X509Certificate certificate) {
    return "3 1 1 " + digest("SHA-256", certificate.getPublicKey().getEncoded());
  }

  private static String digest(String name, byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
