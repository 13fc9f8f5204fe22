package org.thurn.authentication.dkim;

/** Why a signature's result is what it is. Each cause has one outcome (RFC 8601 §2.7.1). */
public enum Cause {
  /** The message has no signature. */
  NOT_SIGNED(Outcome.NONE),
  /** Header and body are as they were signed. */
  VERIFIED(Outcome.PASS),

  /** The header is as it was signed, the body is not. */
  BODY_CHANGED(Outcome.FAIL),
  /** The body is as it was signed, the header is not; or the key is not the one that signed. */
  HEADER_CHANGED(Outcome.FAIL),
  /** Neither is as it was signed. */
  HEADER_AND_BODY_CHANGED(Outcome.FAIL),

  /** What {@code l=} leaves out could be anybody's (RFC 6376 §8.2). */
  BODY_PARTLY_SIGNED(Outcome.POLICY),
  /** {@code x=} has passed. */
  EXPIRED(Outcome.POLICY),
  /** {@code t=} has not come yet. */
  FROM_THE_FUTURE(Outcome.POLICY),
  /** An RSA key that can be broken (RFC 8301 §3.2). */
  WEAK_KEY(Outcome.POLICY),
  /** An RSA key that costs more than it is worth (RFC 8301 §3.2 asks for 4096 bits). */
  OVERSIZED_KEY(Outcome.POLICY),
  /** There are more signatures than are looked at. */
  NOT_LOOKED_AT(Outcome.POLICY),

  /** The field cannot be read; {@link DkimResult#tag} says where. */
  BAD_SYNTAX(Outcome.NEUTRAL),
  /** {@code v=} is not 1. */
  UNKNOWN_VERSION(Outcome.NEUTRAL),
  UNKNOWN_ALGORITHM(Outcome.NEUTRAL),
  UNKNOWN_CANONICALIZATION(Outcome.NEUTRAL),
  /** {@code q=} has no way that is known. */
  UNKNOWN_QUERY_METHOD(Outcome.NEUTRAL),

  /** RFC 8301 §3.1: it has permanently failed. */
  HISTORIC_ALGORITHM(Outcome.PERMERROR),
  /** {@code i=} does not lie in {@code d=} (RFC 6376 §6.1.1). */
  FOREIGN_IDENTITY(Outcome.PERMERROR),
  /** {@code h=} lacks From (RFC 6376 §6.1.1). */
  FROM_NOT_SIGNED(Outcome.PERMERROR),
  /** The DNS has no key record. */
  NO_KEY(Outcome.PERMERROR),
  /** {@code p=} is empty. */
  KEY_REVOKED(Outcome.PERMERROR),
  /** No record there is a key record that can be read. */
  BAD_KEY(Outcome.PERMERROR),
  /** The key is of another kind than {@code a=} says, or its {@code h=} forbids the hash. */
  KEY_DOES_NOT_FIT(Outcome.PERMERROR),
  /** The key's {@code s=} is not for mail. */
  KEY_NOT_FOR_MAIL(Outcome.PERMERROR),
  /** The key has {@code t=s}, and {@code i=} is of a subdomain. */
  SUBDOMAIN_NOT_ALLOWED(Outcome.PERMERROR),

  /** The DNS did not answer. */
  NO_ANSWER(Outcome.TEMPERROR);

  private final Outcome outcome;

  Cause(Outcome outcome) {
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
