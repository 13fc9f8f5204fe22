package org.thurn.admin;

import java.util.Optional;
import org.thurn.tls.tlsrpt.ResultType;

/** What a result type of a TLS report means, and what there is to do, in a sentence. */
final class ResultAdvice {
  private ResultAdvice() {}

  /** Of the word that the report has; also of one that is newer than this program. */
  static String of(String word) {
    Optional<ResultType> type = ResultType.of(word);
    return type.map(ResultAdvice::of)
        .orElse("a failure that this program does not know: ask the reporter");
  }

  private static String of(ResultType type) {
    return switch (type) {
      case STARTTLS_NOT_SUPPORTED ->
          "the host offered no STARTTLS: give it a certificate, or somebody on the way took the"
              + " offer away";
      case CERTIFICATE_HOST_MISMATCH ->
          "the certificate is for another name: get one for the name that the MX record has";
      case CERTIFICATE_EXPIRED ->
          "the certificate had expired: renew it, and look why that did not happen in time";
      case CERTIFICATE_NOT_TRUSTED ->
          "no authority that the sender trusts vouches for the certificate: get one from a public"
              + " authority, and send the whole chain; if yours is right, somebody stood in between";
      case VALIDATION_FAILURE ->
          "TLS failed in a way that has no name of its own: the reason beside it, or the"
              + " reporter, can tell more";
      case TLSA_INVALID ->
          "the TLSA records do not fit the certificate: thurn certificates list shows what they"
              + " should be; publish the next key before it is used";
      case DNSSEC_INVALID ->
          "the signatures of the zone did not hold: look after DNSSEC, its keys and times";
      case DANE_REQUIRED ->
          "the sender demands DANE of you, and found no TLSA records: publish them, signed";
      case STS_POLICY_FETCH_ERROR ->
          "the MTA-STS policy could not be fetched: its web server must answer, without a redirect";
      case STS_POLICY_INVALID ->
          "what the policy's web server shows is no MTA-STS policy: correct it";
      case STS_WEBPKI_INVALID ->
          "the policy's web server has no certificate for the name mta-sts of the domain: get one";
    };
  }
}
