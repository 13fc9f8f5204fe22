package org.thurn.tls.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;

/** Who issues certificates. */
public interface CertificateAuthority {
  /**
   * Has a certificate issued.
   *
   * @param key whose public half is certified
   * @param replaces the one that it follows
   * @return the chain as the authority sent it, which is not to be believed yet
   */
  List<X509Certificate> issue(Domain name, KeyPair key, Optional<X509Certificate> replaces)
      throws AuthorityException, InterruptedException;

  /**
   * When the authority wants a certificate renewed, RFC 9773.
   *
   * @return the window; empty if it does not say
   */
  Optional<Window> renewal(X509Certificate certificate)
      throws AuthorityException, InterruptedException;

  /** From when until when. */
  record Window(Instant start, Instant end) {}
}
