package org.thurn.authentication.dmarc.report;

import org.thurn.authentication.dmarc.AuthenticationCode;

/** What SPF or DKIM found, uninterpreted: RFC 9990 §3.1.1.11. */
public sealed interface AuthResult {
  String domain();

  AuthenticationCode code();

  /** For people; or empty. */
  String explanation();

  /**
   * One signature's.
   *
   * @param domain tag {@code d}
   * @param selector tag {@code s}; or empty, where an older report does not say
   */
  record Dkim(String domain, String selector, AuthenticationCode code, String explanation)
      implements AuthResult {}

  /**
   * SPF's.
   *
   * @param scope {@code mfrom}, in older reports also {@code helo}; or empty
   */
  record Spf(String domain, String scope, AuthenticationCode code, String explanation)
      implements AuthResult {}
}
