package org.thurn.transfer.posture;

import java.util.List;
import java.util.Optional;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.net.TlsSession;

/** Whether senders that know DANE can be sure of a host, RFC 7672. */
record Dane(Means means, Domain host, boolean routeIsSecure) {
  private static final String DELIVERY = " Senders that know DANE do not deliver to this host.";

  /**
   * Compares.
   *
   * @param tls what was agreed with the host; empty if nothing
   */
  Observation observe(Optional<TlsSession> tls) {
    DnsName owner = DnsName.of(host).under("_" + means.settings().port(), "_tcp");
    Answer answer = means.ask(owner, RecordType.TLSA);
    if (answer.failed()) {
      return Means.failed(Topic.DANE, answer);
    }
    List<RecordData.Tlsa> records = answer.all(RecordData.Tlsa.class).toList();
    if (records.isEmpty()) {
      return absent(owner, tls);
    }
    List<RecordData.Tlsa> usable = records.stream().filter(Tlsa::isUsable).toList();
    if (usable.isEmpty()) {
      return Observation.warn(
          Topic.DANE,
          "no TLSA record that counts for mail",
          "Publish 3 1 1, with the digest of the host's key (RFC 7672 §3.1).");
    }
    if (!means.settings().validating()) {
      String fits = tls.isPresent() && fits(usable, tls.get()) ? "fit" : "do not fit";
      return Observation.unknown(
          Topic.DANE,
          "TLSA records, which " + fits + " the certificate; whether they are signed was not seen",
          "Give --trust-anchor.");
    }
    if (answer.security() != Security.SECURE || !canBeSigned()) {
      return Observation.warn(
          Topic.DANE,
          "TLSA records that nobody may trust: MX, addresses and they themselves are not all signed",
          "Sign the domain's zone and the host's, or take the records away.");
    }
    return judged(usable, tls);
  }

  private Observation judged(List<RecordData.Tlsa> usable, Optional<TlsSession> tls) {
    if (tls.isEmpty()) {
      return Observation.bad(
          Topic.DANE,
          "TLSA records, but no TLS",
          "Mend STARTTLS, or remove the records." + DELIVERY);
    }
    return fits(usable, tls.get())
        ? Observation.good(Topic.DANE, "a signed TLSA record fits the certificate")
        : Observation.bad(
            Topic.DANE,
            "signed TLSA records, of which none fits the certificate",
            "Publish the new key's record before the certificate changes." + DELIVERY);
  }

  /** RFC 7672 §2.2: the names and the addresses of the hosts are to be signed as well. */
  private boolean canBeSigned() {
    return means.settings().validating()
        && routeIsSecure
        && Addresses.of(means.resolver(), DnsName.of(host)).secure();
  }

  private boolean fits(List<RecordData.Tlsa> usable, TlsSession tls) {
    return usable.stream()
        .anyMatch(record -> Tlsa.matches(record, tls.peerChain(), host, means.time().now()));
  }

  private Observation absent(DnsName owner, Optional<TlsSession> tls) {
    String record =
        tls.filter(session -> !session.peerChain().isEmpty())
            .map(session -> Tlsa.recommended(session.peerChain().getFirst()))
            .map(data -> owner + " IN TLSA " + data)
            .orElse("a TLSA record 3 1 1 at " + owner);
    return Observation.warn(
        Topic.DANE,
        "no TLSA record",
        canBeSigned()
            ? "Publish " + record
            : "Sign the domain's zone and the host's with DNSSEC, then publish " + record);
  }
}
