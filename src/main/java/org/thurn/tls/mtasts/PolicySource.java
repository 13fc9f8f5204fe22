package org.thurn.tls.mtasts;

import org.thurn.name.Domain;

/** Where policies come from. */
@FunctionalInterface
public interface PolicySource {
  /** Gets a domain's policy now; what the network does is a value. Takes a bounded time. */
  Fetched fetch(Domain domain, StsNotes notes);

  /** How it went. */
  sealed interface Fetched {
    /** The policy that is served now. */
    record Policy(StsPolicy policy) implements Fetched {}

    /** None, and why. */
    record Failed(FailureKind kind, String why) implements Fetched {}
  }
}
