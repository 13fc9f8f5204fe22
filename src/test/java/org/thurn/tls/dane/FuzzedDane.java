package org.thurn.tls.dane;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** TLSA records of strangers, and certificates of strangers. */
public final class FuzzedDane {
  private static final Issued ROOT = Issued.root("root", Issued.Form.AUTHORITY);
  private static final Issued OWN = ROOT.issue("own", Issued.Form.SERVER.names("mx.example"));

  private FuzzedDane() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedDane::records, FuzzedDane::certificates);
  }

  private static DaneVerifier verifier(List<Tlsa> records) {
    return DaneVerifier.of(records, new DnsName("mx.example"));
  }

  private static Tlsa record(byte[] octets) {
    return new Tlsa(
        octets[0] & 0xff,
        octets[1] & 0xff,
        octets[2] & 0xff,
        HexFormat.of().formatHex(octets, 3, octets.length));
  }

  /** Two records; a right one beside them counts, unless a stronger digest retires it. */
  private static void records(byte[] octets) {
    int half = octets.length / 2;
    if (half < 3) {
      return;
    }
    List<Tlsa> records =
        Stream.of(Arrays.copyOf(octets, half), Arrays.copyOfRange(octets, half, octets.length))
            .map(FuzzedDane::record)
            .toList();
    List<Tlsa> usable = UsableRecords.of(records);
    Promise.same(usable, UsableRecords.of(usable), "what is usable");
    Promise.holds(records.containsAll(usable), () -> "a record from nowhere");
    Promise.holds(
        usable.size() == records.size()
            || !usable.isEmpty()
            || !UsableRecords.why(records).isEmpty(),
        () -> "no reason");
    List<X509Certificate> chain = Issued.chain(OWN, ROOT);
    if (verifier(records).match(chain, Issued.NOW) instanceof TlsaMatch.Matched(Tlsa record)) {
      Promise.holds(usable.contains(record), record::toString);
    }
    List<Tlsa> more = Stream.concat(records.stream(), Stream.of(strongest())).toList();
    Promise.holds(
        verifier(more).match(chain, Issued.NOW) instanceof TlsaMatch.Matched,
        () -> "the right record does not count beside " + records);
  }

  private static Tlsa strongest() {
    try {
      return TlsaData.of(3, 1, 2, OWN.certificate());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate at each place of a chain: only what is really signed leads to the anchor. */
  private static void certificates(byte[] octets) throws CertificateException {
    X509Certificate read;
    try {
      read = WholeData.certificate(octets);
    } catch (CertificateException e) {
      return; // the library that does the handshake reads no such thing either
    }
    Tlsa anchor = TlsaData.of(2, 1, 1, ROOT.certificate());
    TlsaMatch asOwn =
        verifier(List.of(anchor)).match(List.of(read, ROOT.certificate()), Issued.NOW);
    Promise.holds(asOwn instanceof TlsaMatch.Mismatched, () -> "a forged certificate is taken");
    List<X509Certificate> between =
        List.of(OWN.certificate(), read, ROOT.certificate(), OWN.certificate());
    Promise.holds(
        verifier(List.of(anchor)).match(between, Issued.NOW) instanceof TlsaMatch.Matched,
        () -> "a stray certificate breaks a chain");
  }
}
