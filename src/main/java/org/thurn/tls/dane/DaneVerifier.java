package org.thurn.tls.dane;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;
import org.thurn.tls.CertificateName;

/**
 * Compares certificates with TLSA records, RFC 7672 §3. A record of usage DANE-EE(3) fits the
 * server's own certificate, whatever name and time stand in it; one of usage DANE-TA(2) fits a
 * certificate above it that leads down to it by all rules of RFC 5280, and then the server's must
 * be for one of the names. A server's own certificate is never an anchor (openssl has it so, too).
 *
 * @param records of the host; those that do not count are left aside, see {@link UsableRecords}
 * @param names for which a certificate may be: the TLSA base domain, the host's name in the MX
 *     record, and the domain that the mail is for (RFC 7672 §3.2.2)
 */
public record DaneVerifier(List<Tlsa> records, Set<DnsName> names) {
  /** Certificates of a chain that are looked at: the longest in use have four. */
  static final int MAX_CHAIN = 10;

  public DaneVerifier {
    records = UsableRecords.of(records);
    names = Set.copyOf(names);
  }

  /** With names of which some may be the same. */
  public static DaneVerifier of(List<Tlsa> records, DnsName... names) {
    return new DaneVerifier(records, new HashSet<>(Arrays.asList(names)));
  }

  /**
   * Compares.
   *
   * @param chain the server's own certificate first, the others in any order
   */
  public TlsaMatch match(List<X509Certificate> chain, Instant now) {
    if (chain.isEmpty()) {
      return new TlsaMatch.Mismatched(
          TlsaMatch.Cause.NO_CERTIFICATE, "the server sent no certificate");
    }
    Optional<Presented> own = Presented.of(chain.getFirst());
    if (own.isEmpty()) {
      return new TlsaMatch.Mismatched(
          TlsaMatch.Cause.OTHER_KEY, "the server's certificate cannot be read");
    }
    Optional<Tlsa> entity =
        records.stream()
            .filter(record -> record.usage() == TlsaData.DANE_EE)
            .filter(own.get()::fits)
            .findFirst();
    return entity.isPresent()
        ? new TlsaMatch.Matched(entity.get())
        : byAnchor(own.get(), above(chain), now);
  }

  /** One that cannot be read is not missed: then no way leads over it. */
  private static List<Presented> above(List<X509Certificate> chain) {
    List<Presented> above = new ArrayList<>();
    chain.stream()
        .skip(1)
        .limit(MAX_CHAIN - 1L)
        .forEach(certificate -> Presented.of(certificate).ifPresent(above::add));
    return above;
  }

  private TlsaMatch byAnchor(Presented own, List<Presented> above, Instant now) {
    List<Tlsa> anchors =
        records.stream().filter(record -> record.usage() == TlsaData.DANE_TA).toList();
    TlsaMatch found = new AnchorSearch(anchors, above, now).from(own);
    boolean named =
        names.stream().anyMatch(name -> CertificateName.matches(own.certificate(), name));
    return found instanceof TlsaMatch.Matched && !named
        ? new TlsaMatch.Mismatched(
            TlsaMatch.Cause.NAME,
            "the certificate is not for "
                + names.stream().map(DnsName::text).sorted().collect(Collectors.joining(", ")))
        : found;
  }

  /** A certificate of a peer, read anew by the JDK, whose rules the ways to an anchor follow. */
  record Presented(X509Certificate certificate) {
    static Optional<Presented> of(X509Certificate certificate) {
      try {
        Presented presented = new Presented(WholeData.certificate(certificate.getEncoded()));
        TlsaData.recommended(presented.certificate());
        return Optional.of(presented);
      } catch (CertificateException _) {
        return Optional.empty(); // a stranger's: what one library reads another may not
      }
    }

    /** Whether the record is about this certificate. */
    boolean fits(Tlsa record) {
      try {
        return TlsaData.of(record.usage(), record.selector(), record.matching(), certificate)
            .equals(record);
      } catch (CertificateException e) {
        throw new IllegalStateException("it was readable before", e);
      }
    }
  }
}
