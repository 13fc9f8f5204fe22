package org.thurn.authentication.dkim.rotation;

/** The life of a key, from first to last. */
public enum Stage {
  /** The DNS has it; it waits until everybody can have seen that. */
  PUBLISHED,
  /** It signs. */
  ACTIVE,
  /** It signs no more; the DNS still has it for what it signed. */
  RETIRED,
  /** The DNS says with an empty p= that it is not to be believed any more. */
  REVOKED,
  /** The DNS has forgotten it. */
  GONE
}
