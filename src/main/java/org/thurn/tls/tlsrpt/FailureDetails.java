package org.thurn.tls.tlsrpt;

import java.util.Optional;

/**
 * Sessions that failed in one way, RFC 8460 §4.4. All texts are as the report has them: a stranger
 * may have written anything.
 *
 * @param resultType a word of {@link ResultType}, or one that is newer than this program
 * @param sendingAddress the IP address that the sender connected from
 * @param receivingHost the name in the MX record
 * @param receivingHelo how the server named itself
 * @param receivingAddress the server's IP address
 * @param failedSessions how many
 * @param additionalInformation a URI with more about it
 * @param reasonCode more words about it
 */
public record FailureDetails(
    String resultType,
    Optional<String> sendingAddress,
    Optional<String> receivingHost,
    Optional<String> receivingHelo,
    Optional<String> receivingAddress,
    long failedSessions,
    Optional<String> additionalInformation,
    Optional<String> reasonCode) {
  public FailureDetails {
    if (failedSessions < 0) {
      throw new IllegalArgumentException("fewer than no sessions");
    }
  }
}
