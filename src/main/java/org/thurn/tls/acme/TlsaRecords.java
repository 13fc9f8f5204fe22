package org.thurn.tls.acme;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;

/** What a host's TLSA records say of a chain that its server might show, RFC 7672 §3.1. */
public final class TlsaRecords {
  private static final int TRUST_ANCHOR = 2;
  private static final int END_ENTITY = 3;
  private static final int SUBJECT_KEY = 1;
  private static final int SHA_256 = 1;

  private TlsaRecords() {}

  /** Where those of a mail host are, RFC 7672 §2.2.3. */
  public static DnsName name(Domain host) {
    return DnsName.of(host).under("_25", "_tcp");
  }

  /** DANE-EE(3) SPKI(1) SHA-256(1) of a key: it stays true for as long as the key is kept. */
  public static RecordData.Tlsa of(PublicKey key) {
    String digest = HexFormat.of().formatHex(Digests.sha256(key.getEncoded()));
    return new RecordData.Tlsa(END_ENTITY, SUBJECT_KEY, SHA_256, digest);
  }

  /** In master-file form. */
  public static String line(Domain host, RecordData.Tlsa record) {
    return "%s IN TLSA %d %d %d %s"
        .formatted(name(host), record.usage(), record.selector(), record.matching(), record.data());
  }

  /** Those that mean something to SMTP, RFC 7672 §3.1.3. */
  static List<RecordData.Tlsa> usable(List<RecordData.Tlsa> records) {
    return records.stream()
        .filter(r -> r.usage() == TRUST_ANCHOR || r.usage() == END_ENTITY)
        .filter(r -> r.selector() <= 1 && r.matching() <= 2)
        .toList();
  }

  /** Whether one of the usable records is of this chain. */
  static boolean match(List<RecordData.Tlsa> usable, List<X509Certificate> chain) {
    return usable.stream()
        .anyMatch(
            record ->
                record.usage() == END_ENTITY
                    ? is(record, chain.getFirst())
                    : chain.stream().skip(1).anyMatch(issuer -> is(record, issuer)));
  }

  private static boolean is(RecordData.Tlsa record, X509Certificate certificate) {
    try {
      byte[] octets =
          record.selector() == SUBJECT_KEY
              ? certificate.getPublicKey().getEncoded()
              : certificate.getEncoded();
      byte[] data =
          switch (record.matching()) {
            case 0 -> octets;
            case SHA_256 -> Digests.sha256(octets);
            default -> Digests.sha512(octets);
          };
      return HexFormat.of().formatHex(data).equals(record.data());
    } catch (CertificateEncodingException _) {
      return false; // what has no encoding has no digest
    }
  }
}
