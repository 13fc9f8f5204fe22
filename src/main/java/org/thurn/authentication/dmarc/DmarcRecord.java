package org.thurn.authentication.dmarc;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;

/**
 * A DMARC Policy Record, RFC 9989 §4.7, with the defaults of what it does not say. What is wrong in
 * it is left out and named among its mistakes.
 *
 * @param text as it stands in the DNS
 * @param policy tag {@code p}; empty if there is none that is valid
 * @param subdomains tag {@code sp}
 * @param nonExistent tag {@code np}
 * @param broken whether {@code p}, {@code sp} or {@code np} is there and has no value of the three
 * @param psd tag {@code psd}
 * @param testing tag {@code t}
 * @param dkimMode tag {@code adkim}
 * @param spfMode tag {@code aspf}
 * @param aggregateReports tag {@code rua}
 * @param failureReports tag {@code ruf}
 * @param failureOptions tag {@code fo}; to be ignored where there is no {@code ruf}
 * @param percentage tag {@code pct} of RFC 7489, which has no effect any more
 * @param mistakes what is wrong, each in one line for people
 * @param remarks what is right and has no effect: historic and unknown tags
 */
public record DmarcRecord(
    String text,
    Optional<Policy> policy,
    Optional<Policy> subdomains,
    Optional<Policy> nonExistent,
    boolean broken,
    PsdTag psd,
    boolean testing,
    AlignmentMode dkimMode,
    AlignmentMode spfMode,
    List<DmarcUri> aggregateReports,
    List<DmarcUri> failureReports,
    Set<FailureOption> failureOptions,
    OptionalInt percentage,
    List<String> mistakes,
    List<String> remarks) {
  public DmarcRecord {
    aggregateReports = List.copyOf(aggregateReports);
    failureReports = List.copyOf(failureReports);
    failureOptions = Set.copyOf(EnumSet.copyOf(failureOptions));
    mistakes = List.copyOf(mistakes);
    remarks = List.copyOf(remarks);
  }

  /** Where to ask for a domain's record. */
  public static final String LABEL = "_dmarc";

  /**
   * Parses a record's text.
   *
   * @throws DmarcSyntaxException if it does not begin with the version, and so is none
   */
  public static DmarcRecord parse(String text) throws DmarcSyntaxException {
    return new DmarcRecordParser(text).record();
  }

  /** The texts in an answer that begin as a record does (RFC 9989 §4.10, steps 2 and 6). */
  public static List<String> among(Answer answer) {
    return answer
        .all(RecordData.Txt.class)
        .map(RecordData.Txt::joined)
        .filter(DmarcRecordParser::isRecord)
        .toList();
  }

  /**
   * Whether it says enough for mail to be judged by it, RFC 9989 §4.10.1: one whose policies are
   * broken does only if it asks for reports, and then as if it said {@code p=none}. One without
   * {@code p} does (§4.7).
   */
  public boolean applies() {
    return !broken || !aggregateReports.isEmpty();
  }

  /** The policy for mail of the very domain of the record. */
  public Policy forDomain() {
    return broken ? Policy.NONE : policy.orElse(Policy.NONE);
  }

  /** The policy for domains below that exist. */
  public Policy forSubdomains() {
    return broken ? Policy.NONE : subdomains.orElse(forDomain());
  }

  /** The policy for domains below that do not exist. */
  public Policy forNonExistent() {
    return broken ? Policy.NONE : nonExistent.orElse(forSubdomains());
  }

  @Override
  public String toString() {
    return text;
  }
}
