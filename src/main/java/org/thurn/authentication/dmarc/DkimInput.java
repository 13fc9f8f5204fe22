package org.thurn.authentication.dmarc;

/**
 * What DKIM found for one signature.
 *
 * @param domain tag {@code d} of the signature; may be no domain at all
 * @param selector tag {@code s}
 * @param explanation for the domain's owner, in reports; or empty
 */
public record DkimInput(
    AuthenticationCode code, String domain, String selector, String explanation) {
  public DkimInput(AuthenticationCode code, String domain, String selector) {
    this(code, domain, selector, "");
  }
}
