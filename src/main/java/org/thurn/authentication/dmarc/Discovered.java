package org.thurn.authentication.dmarc;

import java.util.Optional;

/**
 * What the DNS says of one domain.
 *
 * @param domain of whom
 * @param method how it was found out
 * @param organization the organizational domain; empty if a failure of the DNS hides it
 * @param policy the record that applies to mail of the domain; empty if there is none, or a failure
 *     hides it
 * @param failure what the DNS did not answer, in words
 */
public record Discovered(
    DomainName domain,
    DiscoveryMethod method,
    Optional<DomainName> organization,
    Optional<Found> policy,
    Optional<String> failure) {

  /**
   * A record and its place.
   *
   * @param at the DMARC Policy Domain (RFC 9989 §3.2.5)
   */
  public record Found(DomainName at, DmarcRecord record) {}

  /** Whether the record stands at the domain itself. */
  boolean own() {
    return policy.isPresent() && policy.get().at().equals(domain);
  }
}
