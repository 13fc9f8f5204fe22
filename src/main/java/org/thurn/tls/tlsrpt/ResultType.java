package org.thurn.tls.tlsrpt;

import java.util.Arrays;
import java.util.Optional;

/** How a session failed, RFC 8460 §4.3. */
public enum ResultType {
  /** The server offers no STARTTLS, or refuses it (§4.3.1). */
  STARTTLS_NOT_SUPPORTED("starttls-not-supported"),
  /** The certificate is for another name. */
  CERTIFICATE_HOST_MISMATCH("certificate-host-mismatch"),
  /** The certificate is not valid any more. */
  CERTIFICATE_EXPIRED("certificate-expired"),
  /** No trusted authority vouches for the certificate. */
  CERTIFICATE_NOT_TRUSTED("certificate-not-trusted"),
  /** Anything else that has no word of its own. */
  VALIDATION_FAILURE("validation-failure"),
  /** The TLSA records do not fit the certificate, or are not usable (§4.3.2.1). */
  TLSA_INVALID("tlsa-invalid"),
  /** The DNS could not be validated. */
  DNSSEC_INVALID("dnssec-invalid"),
  /** DANE is demanded here, and there are no TLSA records. */
  DANE_REQUIRED("dane-required"),
  /** The MTA-STS policy cannot be fetched (§4.3.2.2). */
  STS_POLICY_FETCH_ERROR("sts-policy-fetch-error"),
  /** What was fetched is no policy. */
  STS_POLICY_INVALID("sts-policy-invalid"),
  /** The policy's host does not prove to be it. */
  STS_WEBPKI_INVALID("sts-webpki-invalid");

  private final String word;

  ResultType(String word) {
    this.word = word;
  }

  /** As reports have it. */
  public String word() {
    return word;
  }

  /** The type of a word, in lower case only. */
  public static Optional<ResultType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
