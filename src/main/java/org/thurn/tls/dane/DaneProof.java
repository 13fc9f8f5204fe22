package org.thurn.tls.dane;

import java.security.cert.X509Certificate;
import java.util.List;
import org.thurn.time.Time;
import org.thurn.tls.PeerProof;

/** Judges a server in the handshake by its TLSA records. */
public record DaneProof(DaneVerifier verifier, Time time) implements PeerProof {
  @Override
  public Finding of(List<X509Certificate> chain) {
    return switch (verifier.match(chain, time.now())) {
      case TlsaMatch.Matched matched -> new Proven("verified by DANE: " + matched.words());
      case TlsaMatch.Mismatched mismatched -> new Refused("DANE: " + mismatched.why());
    };
  }
}
