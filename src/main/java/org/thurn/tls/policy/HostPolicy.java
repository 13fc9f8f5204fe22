package org.thurn.tls.policy;

/** What is to be done with one host of a destination. */
public sealed interface HostPolicy {
  /** Whose word it is. */
  Basis basis();

  /** Why, in words. */
  String reason();

  /** It may be used, and must prove this. */
  record Use(Requirement requirement, Basis basis, String reason) implements HostPolicy {}

  /**
   * It is not to be used for this message.
   *
   * @param forEver whether waiting cannot change it: the message goes back to its sender if no
   *     other host takes it
   */
  record Avoid(boolean forEver, Basis basis, String reason) implements HostPolicy {}
}
