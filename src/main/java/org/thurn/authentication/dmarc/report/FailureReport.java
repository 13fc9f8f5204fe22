package org.thurn.authentication.dmarc.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.message.Headers;

/**
 * A failure report, RFC 9991 §4 in the format of RFC 6591. Of those received every text is a
 * stranger's and may be anything; what is not said is "".
 *
 * @param failure {@code Auth-Failure}: {@code dmarc}; of others also what RFC 6591 §3.3 lists
 * @param reportedDomain whose domain it is about
 * @param notAligned {@code Identity-Alignment}: what did not authenticate an aligned identifier
 * @param authenticationResults as the reporter wrote them
 * @param source the client's address
 * @param arrival when the message came
 * @param mailFrom of the envelope
 * @param recipients of the envelope
 * @param signatures that failed
 * @param spfRecord {@code SPF-DNS}: the record that was used
 * @param deliveryResult {@code Delivery-Result}: what was done
 * @param incidents how many messages it stands for, at least 1
 * @param userAgent who made it
 * @param original the header section of the message, as far as it is told
 */
public record FailureReport(
    String failure,
    String reportedDomain,
    Set<Alignment.Method> notAligned,
    String authenticationResults,
    String source,
    Optional<Instant> arrival,
    String mailFrom,
    List<String> recipients,
    List<Signature> signatures,
    String spfRecord,
    String deliveryResult,
    long incidents,
    String userAgent,
    Optional<Headers> original) {
  /**
   * A signature that failed.
   *
   * @param domain {@code DKIM-Domain}
   * @param identity {@code DKIM-Identity}
   * @param selector {@code DKIM-Selector}
   */
  public record Signature(String domain, String identity, String selector) {}

  public FailureReport {
    notAligned = Set.copyOf(notAligned);
    recipients = List.copyOf(recipients);
    signatures = List.copyOf(signatures);
  }
}
