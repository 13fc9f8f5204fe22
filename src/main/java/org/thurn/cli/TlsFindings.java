package org.thurn.cli;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.net.TlsSession;
import org.thurn.tls.TlsClient;
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.dane.DaneVerifier;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.dane.TlsaMatch;

/**
 * What {@code thurn tls} found at a server that speaks TLS.
 *
 * @param name who it should be; empty if only an address is known
 * @param dane what the DNS says of its certificate; empty if nobody asked
 */
record TlsFindings(String name, int port, TlsVisit visit, TlsSession session, Optional<Dane> dane) {
  /**
   * The word of the DNS.
   *
   * @param status one of {@code absent}, {@code usable}, {@code unusable}, {@code failed}
   * @param matches whether a record fits
   * @param why in words
   */
  record Dane(String status, List<RecordData.Tlsa> records, boolean matches, String why) {
    static Dane of(DaneStatus status, TlsSession session, DnsName name, Instant now) {
      return switch (status) {
        case DaneStatus.Absent(String why) -> new Dane("absent", List.of(), false, why);
        case DaneStatus.Unusable(var _, DnsName _, String why) ->
            new Dane("unusable", List.of(), false, "the records do not count: " + why);
        case DaneStatus.Failed(var answer) ->
            new Dane(
                "failed",
                List.of(),
                false,
                "the DNS does not tell the %s of %s: %s"
                    .formatted(answer.type(), answer.name(), answer.explanation()));
        case DaneStatus.Usable usable -> {
          DaneVerifier verifier = DaneVerifier.of(usable.records(), usable.base(), name);
          yield switch (verifier.match(session.peerChain(), now)) {
            case TlsaMatch.Matched matched ->
                new Dane("usable", usable.records(), true, matched.words() + " fits");
            case TlsaMatch.Mismatched mismatched ->
                new Dane("usable", usable.records(), false, mismatched.why());
          };
        }
      };
    }
  }

  List<CertificateFacts> certificates() {
    return session.peerChain().stream().map(CertificateFacts::of).toList();
  }

  /** The record that would prove the server: as a line of a zone where its name is known. */
  Optional<String> record() {
    List<X509Certificate> chain = session.peerChain();
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    try {
      RecordData.Tlsa record = TlsaData.recommended(chain.getFirst());
      return Optional.of(
          name.isEmpty() ? TlsaData.text(record) : TlsaData.line(new DnsName(name), port, record));
    } catch (CertificateException _) {
      return Optional.empty(); // a stranger's certificate: there is no record for it
    }
  }

  /** Whether an authority vouches for the server under its name. */
  boolean vouched() {
    return session.verification().equals(TlsClient.VERIFIED);
  }

  /** Whether it is who it should be, in the way that was asked for. */
  boolean verified() {
    return dane.map(Dane::matches).orElseGet(this::vouched);
  }
}
