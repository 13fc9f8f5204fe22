package org.thurn.tls.dane;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;

/** Makes TLSA records, and names their numbers by the acronyms that IANA registers (RFC 7218). */
public final class TlsaData {
  /** Certificate usage: an authority of the host's own. */
  public static final int DANE_TA = 2;

  /** Certificate usage: the host's own certificate. */
  public static final int DANE_EE = 3;

  /** Selector: the whole certificate. */
  public static final int CERT = 0;

  /** Selector: its SubjectPublicKeyInfo, which stays when a certificate is renewed with its key. */
  public static final int SPKI = 1;

  /** Matching type: the selected content itself. */
  public static final int FULL = 0;

  /** Matching type: its digest. */
  public static final int SHA2_256 = 1;

  /** Matching type: its longer digest. */
  public static final int SHA2_512 = 2;

  private static final int MAX_NAME = 253; // RFC 1035 §2.3.4, without the final dot

  private TlsaData() {}

  /**
   * The record for a certificate.
   *
   * @throws CertificateException if its parts cannot be told
   */
  public static Tlsa of(int usage, int selector, int matching, X509Certificate certificate)
      throws CertificateException {
    byte[] content =
        switch (selector) {
          case CERT -> certificate.getEncoded();
          case SPKI -> subjectPublicKeyInfo(certificate);
          default -> throw new IllegalArgumentException("selector " + selector);
        };
    return new Tlsa(usage, selector, matching, associationData(matching, content));
  }

  /**
   * The record {@code 3 1 1} for a key that may not have a certificate yet, as the one that comes
   * next.
   *
   * @param subjectPublicKeyInfo as {@link java.security.PublicKey#getEncoded()} gives it
   */
  public static Tlsa ofKey(byte[] subjectPublicKeyInfo) {
    return new Tlsa(DANE_EE, SPKI, SHA2_256, associationData(SHA2_256, subjectPublicKeyInfo));
  }

  /** What RFC 7672 §3.1.1 recommends for a certificate: {@code 3 1 1}, the digest of its key. */
  public static Tlsa recommended(X509Certificate certificate) throws CertificateException {
    return of(DANE_EE, SPKI, SHA2_256, certificate);
  }

  /** Where the records of a server are, RFC 6698 §3; a name can be too long to have any. */
  public static Optional<DnsName> owner(DnsName base, int port) {
    String prefix = prefix(port);
    return base.text().length() + prefix.length() > MAX_NAME
        ? Optional.empty()
        : Optional.of(new DnsName(prefix + base.text()));
  }

  private static String prefix(int port) {
    return "_" + port + "._tcp.";
  }

  /** As {@code openssl -dane_tlsa_rrdata} takes it: {@code 3 1 1 0123…}. */
  public static String text(Tlsa record) {
    return "%d %d %d %s"
        .formatted(record.usage(), record.selector(), record.matching(), record.data());
  }

  /** A line of a zone file. */
  public static String line(DnsName base, int port, Tlsa record) {
    return prefix(port) + base + " IN TLSA " + text(record);
  }

  /** RFC 6698 §2.1.4, in lower-case hex. */
  private static String associationData(int matching, byte[] content) {
    byte[] data =
        switch (matching) {
          case FULL -> content;
          case SHA2_256 -> digest("SHA-256", content);
          case SHA2_512 -> digest("SHA-512", content);
          default -> throw new IllegalArgumentException("matching type " + matching);
        };
    return HexFormat.of().formatHex(data);
  }

  /** Octet for octet as it stands in the certificate: a key written anew may look otherwise. */
  private static byte[] subjectPublicKeyInfo(X509Certificate certificate)
      throws CertificateException {
    try {
      return new X509CertificateHolder(certificate.getEncoded())
          .getSubjectPublicKeyInfo()
          .getEncoded();
    } catch (IOException e) {
      throw new CertificateException("a certificate that cannot be read", e);
    }
  }

  private static byte[] digest(String name, byte[] octets) {
    try {
      return MessageDigest.getInstance(name).digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
