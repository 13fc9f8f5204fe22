package org.thurn.authentication.dmarc;

/**
 * What SPF found for the MAIL FROM identity, the only one that counts (RFC 9989 §4.4.2).
 *
 * @param domain which was checked; of a null path the HELO name. May be no domain at all
 * @param explanation for the domain's owner, in reports; or empty
 */
public record SpfInput(AuthenticationCode code, String domain, String explanation) {
  public SpfInput(AuthenticationCode code, String domain) {
    this(code, domain, "");
  }
}
