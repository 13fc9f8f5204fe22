package org.thurn.transfer.signing;

import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.arc.UnsealableException;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.message.Headers;
import org.thurn.name.Domain;

/**
 * Seals by ARC (RFC 8617) what came from elsewhere and is sent on, with the RSA key of a domain of
 * ours: a set has one seal, and to a host that does not know Ed25519 the chain would be broken.
 * Safe for many threads.
 */
public final class MailSealer {
  private final SigningKeys keys;
  private final Supplier<Optional<Domain>> domain;

  /**
   * @param domain whose key seals, asked for each message; empty if nothing is to be sealed
   */
  public MailSealer(SigningKeys keys, Supplier<Optional<Domain>> domain) {
    this.keys = keys;
    this.domain = domain;
  }

  /** Whether a message is being sealed. */
  public sealed interface Begun {
    /**
     * It is.
     *
     * @param domain whose key seals
     * @param selector of the key
     */
    record Ready(Domain domain, String selector, Sealing sealing) implements Begun {}

    /**
     * It cannot be.
     *
     * @param reason for people: one line
     */
    record Refused(String reason) implements Begun {}
  }

  /**
   * Begins to seal a message; empty if nothing is to be sealed.
   *
   * @param headers as they will be sent
   * @param bodies that hash the message's body, and have not begun
   */
  public Optional<Begun> begin(Headers headers, BodyHashes bodies) {
    return domain.get().map(sealer -> begin(sealer, headers, bodies));
  }

  private Begun begin(Domain sealer, Headers headers, BodyHashes bodies) {
    Optional<SigningKeys.Sealer> key = keys.sealer(sealer);
    if (key.isEmpty()) {
      return new Begun.Refused("no RSA key of " + sealer + " signs yet");
    }
    try {
      return new Begun.Ready(
          sealer, key.get().selector(), key.get().sealer().begin(headers, bodies));
    } catch (UnsealableException e) {
      return new Begun.Refused(String.valueOf(e.getMessage()));
    }
  }
}
