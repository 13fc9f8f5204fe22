package org.thurn.tls.mtasts;

/** What a policy's file turned out to be. */
public sealed interface PolicyReading {
  /** A policy. */
  record Read(StsPolicy policy) implements PolicyReading {}

  /**
   * None.
   *
   * @param why in words, with the line
   */
  record Invalid(String why) implements PolicyReading {}
}
