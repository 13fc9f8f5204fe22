package org.thurn.transfer.relay;

import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.tls.mtasts.StsStatus;

/** Knows the MTA-STS policies of destinations. */
@FunctionalInterface
public interface StsSource {
  /**
   * What is known of a domain's policy.
   *
   * @param journey of the message that wants to know
   */
  StsStatus of(Domain domain, Journey journey);
}
