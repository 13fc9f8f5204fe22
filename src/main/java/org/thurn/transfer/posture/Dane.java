package org.thurn.transfer.posture;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;
import org.thurn.net.TlsSession;
import org.thurn.tls.dane.DaneLookup;
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.dane.DaneVerifier;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.dane.TlsaMatch;

/** Whether senders that know DANE can be sure of a host, RFC 7672. */
record Dane(Means means, Domain domain, Domain host, boolean routeIsSecure) {
  private static final String DELIVERY = " Senders that know DANE do not deliver to this host.";

  /**
   * Compares.
   *
   * @param tls what was agreed with the host; empty if nothing
   */
  Observation observe(Optional<TlsSession> tls) {
    if (!means.settings().validating()) {
      return unproven(tls);
    }
    return switch (new DaneLookup(means.resolver()).at(host, means.settings().port())) {
      case DaneStatus.Failed(Answer answer) -> Means.failed(Topic.DANE, answer);
      case DaneStatus.Absent _ -> unproven(tls);
      case DaneStatus.Unusable unusable -> uncounted(unusable.why());
      case DaneStatus.Usable usable -> routeIsSecure ? judged(usable, tls) : untrusted();
    };
  }

  /** No record that is proven; perhaps there is one that is not. */
  private Observation unproven(Optional<TlsSession> tls) {
    DnsName base = DnsName.of(host);
    Optional<Answer> answer =
        TlsaData.owner(base, means.settings().port())
            .map(owner -> means.ask(owner, RecordType.TLSA));
    if (answer.filter(Answer::failed).isPresent()) {
      return Means.failed(Topic.DANE, answer.get());
    }
    List<RecordData.Tlsa> records =
        answer.stream().flatMap(found -> found.all(RecordData.Tlsa.class)).toList();
    if (records.isEmpty()) {
      return absent(tls);
    }
    if (means.settings().validating()) {
      return untrusted();
    }
    DaneVerifier verifier = verifier(records, base);
    if (verifier.records().isEmpty()) {
      return uncounted("none can be used");
    }
    boolean fits = tls.isPresent() && match(verifier, tls.get()) instanceof TlsaMatch.Matched;
    return Observation.unknown(
        Topic.DANE,
        "TLSA records, which "
            + (fits ? "fit" : "do not fit")
            + " the certificate; whether they are signed was not seen",
        "Give --trust-anchor.");
  }

  private static Observation uncounted(String why) {
    return Observation.warn(
        Topic.DANE,
        "no TLSA record that counts for mail: " + why,
        "Publish 3 1 1, with the digest of the host's key (RFC 7672 §3.1).");
  }

  private static Observation untrusted() {
    return Observation.warn(
        Topic.DANE,
        "TLSA records that nobody may trust: MX, addresses and they themselves are not all signed",
        "Sign the domain's zone and the host's, or take the records away.");
  }

  private Observation judged(DaneStatus.Usable usable, Optional<TlsSession> tls) {
    if (tls.isEmpty()) {
      return Observation.bad(
          Topic.DANE,
          "TLSA records, but no TLS",
          "Mend STARTTLS, or remove the records." + DELIVERY);
    }
    return switch (match(verifier(usable.records(), usable.base()), tls.get())) {
      case TlsaMatch.Matched _ ->
          Observation.good(Topic.DANE, "a signed TLSA record fits the certificate");
      case TlsaMatch.Mismatched mismatched ->
          Observation.bad(
              Topic.DANE,
              "signed TLSA records, of which none fits the certificate: " + mismatched.why(),
              "Publish the new key's record before the certificate changes." + DELIVERY);
    };
  }

  private DaneVerifier verifier(List<RecordData.Tlsa> records, DnsName base) {
    return DaneVerifier.of(records, base, DnsName.of(host), DnsName.of(domain));
  }

  private TlsaMatch match(DaneVerifier verifier, TlsSession tls) {
    return verifier.match(tls.peerChain(), means.time().now());
  }

  /** RFC 7672 §2.2: the names and the addresses of the hosts are to be signed as well. */
  private boolean canBeSigned() {
    return means.settings().validating()
        && routeIsSecure
        && Addresses.of(means.resolver(), DnsName.of(host)).secure();
  }

  private Observation absent(Optional<TlsSession> tls) {
    DnsName base = DnsName.of(host);
    String record =
        tls.filter(session -> !session.peerChain().isEmpty())
            .flatMap(session -> recommended(session.peerChain().getFirst()))
            .map(data -> TlsaData.line(base, means.settings().port(), data))
            .orElse("a TLSA record 3 1 1 for " + host);
    return Observation.warn(
        Topic.DANE,
        "no TLSA record",
        canBeSigned()
            ? "Publish " + record
            : "Sign the domain's zone and the host's with DNSSEC, then publish " + record);
  }

  private static Optional<RecordData.Tlsa> recommended(X509Certificate certificate) {
    try {
      return Optional.of(TlsaData.recommended(certificate));
    } catch (CertificateException _) {
      return Optional.empty(); // a stranger's certificate: then without the digest
    }
  }
}
