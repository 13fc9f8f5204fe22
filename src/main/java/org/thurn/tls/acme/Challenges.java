package org.thurn.tls.acme;

import java.io.IOException;
import org.thurn.name.Domain;

/** Shows an authority that a name is ours, in the one way that was chosen. */
public interface Challenges {
  /**
   * What the authority looks for.
   *
   * @param name that is to be ours
   * @param token of the challenge, RFC 8555 §8.1
   * @param authorization the key authorization: the token and the digest of the account's key
   */
  record Challenge(Domain name, String token, String authorization) {}

  AcmeSettings.Proof proof();

  /**
   * Makes it to be seen; when this returns the authority may look.
   *
   * @throws IOException if it cannot; the message is for the administrator
   */
  void show(Challenge challenge) throws IOException, InterruptedException;

  /** Takes it away; that it cannot is noted, and no reason to fail. */
  void hide(Challenge challenge);
}
