package org.thurn.tls.acme;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.tls.dane.TlsaData;

/** What a host's TLSA records say of a chain that its server might show, RFC 7672 §3.1. */
public final class TlsaRecords {
  private TlsaRecords() {}

  /** Where those of a mail host are, RFC 7672 §2.2.3. */
  public static DnsName name(Domain host) {
    return DnsName.of(host).under("_25", "_tcp");
  }

  /** DANE-EE(3) SPKI(1) SHA-256(1) of a key: it stays true for as long as the key is kept. */
  public static RecordData.Tlsa of(PublicKey key) {
    return TlsaData.ofKey(key.getEncoded());
  }

  /** In master-file form. */
  public static String line(Domain host, RecordData.Tlsa record) {
    return name(host) + " IN TLSA " + TlsaData.text(record);
  }

  /** Those that mean something to SMTP, RFC 7672 §3.1.3. */
  static List<RecordData.Tlsa> usable(List<RecordData.Tlsa> records) {
    return records.stream()
        .filter(r -> r.usage() == TlsaData.DANE_TA || r.usage() == TlsaData.DANE_EE)
        .filter(r -> r.selector() <= 1 && r.matching() <= 2)
        .toList();
  }

  /** Whether one of the usable records is of this chain. */
  static boolean match(List<RecordData.Tlsa> usable, List<X509Certificate> chain) {
    return usable.stream()
        .anyMatch(
            record ->
                record.usage() == TlsaData.DANE_EE
                    ? is(record, chain.getFirst())
                    : chain.stream().skip(1).anyMatch(issuer -> is(record, issuer)));
  }

  private static boolean is(RecordData.Tlsa record, X509Certificate certificate) {
    try {
      return TlsaData.of(record.usage(), record.selector(), record.matching(), certificate)
          .equals(record);
    } catch (CertificateException _) {
      return false; // what has no encoding has no digest
    }
  }
}
