package org.thurn.authentication.dkim.rotation;

import org.thurn.authentication.dkim.Algorithm;

/** Something to be done with a key. */
public sealed interface Step {
  /** Which key. */
  String selector();

  /** Makes a key and puts it into the DNS. */
  record Publish(String selector, Algorithm algorithm) implements Step {}

  /** From now on it signs. */
  record Activate(String selector) implements Step {}

  /** From now on it does not. */
  record Retire(String selector) implements Step {}

  /** Its record in the DNS gets an empty p=, and its private half is destroyed. */
  record Revoke(String selector) implements Step {}

  /** Its record leaves the DNS. */
  record Remove(String selector) implements Step {}
}
