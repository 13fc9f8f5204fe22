package org.thurn.tls.dane;

import java.security.cert.X509Certificate;
import java.util.List;
import org.thurn.net.Distrust;
import org.thurn.time.Time;
import org.thurn.tls.PeerProof;

/** Judges a server in the handshake by its TLSA records. */
public record DaneProof(DaneVerifier verifier, Time time) implements PeerProof {
  @Override
  public Finding of(List<X509Certificate> chain) {
    return switch (verifier.match(chain, time.now())) {
      case TlsaMatch.Matched matched -> new Proven("verified by DANE: " + matched.words());
      case TlsaMatch.Mismatched mismatched -> refused(mismatched);
    };
  }

  /**
   * Reports tell apart what a certificate says of itself; all else is a record that does not fit.
   */
  private static Refused refused(TlsaMatch.Mismatched mismatched) {
    Distrust reason =
        switch (mismatched.cause()) {
          case NO_CERTIFICATE, OTHER_KEY, CHAIN -> Distrust.TLSA;
          case TIME -> Distrust.EXPIRED;
          case NAME -> Distrust.OTHER_NAME;
        };
    return new Refused(reason, "DANE: " + mismatched.why());
  }
}
