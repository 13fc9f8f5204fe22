package org.thurn.tls.mtasts;

/** Why a policy could not be had, by the names of TLS reports (RFC 8460 §4.3.2.2). */
public enum FailureKind {
  /** The policy's host does not give it. */
  FETCH("sts-policy-fetch-error"),
  /** It gives something that is no policy. */
  INVALID("sts-policy-invalid"),
  /** It does not prove to be the policy's host. */
  WEBPKI("sts-webpki-invalid");

  private final String word;

  FailureKind(String word) {
    this.word = word;
  }

  /** As reports have it. */
  public String word() {
    return word;
  }
}
