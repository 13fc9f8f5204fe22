package org.thurn.tls.acme;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/** tls-alpn-01, RFC 8737: a certificate of our own with the digest of what the authority knows. */
public final class TlsAlpnChallenges implements Challenges {
  /** id-pe-acmeIdentifier, RFC 8737 §6.1. */
  private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

  private static final Duration LIFE = Duration.ofDays(1);

  private final TlsServer tls;
  private final Time time;

  public TlsAlpnChallenges(TlsServer tls, Time time) {
    this.tls = tls;
    this.time = time;
  }

  @Override
  public AcmeSettings.Proof proof() {
    return AcmeSettings.Proof.TLS_ALPN_01;
  }

  @Override
  public void show(Challenge challenge) {
    byte[] digest = Digests.sha256(challenge.authorization().getBytes(StandardCharsets.US_ASCII));
    SelfSigned.Mark mark = new SelfSigned.Mark(ACME_IDENTIFIER, new DEROctetString(digest));
    tls.challenge(
        challenge.name(), SelfSigned.make(challenge.name(), time.now(), LIFE, Optional.of(mark)));
  }

  @Override
  public void hide(Challenge challenge) {
    tls.withdraw(challenge.name());
  }
}
