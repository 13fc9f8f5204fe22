package org.thurn.authentication.dmarc.report;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.thurn.authentication.dmarc.AlignmentMode;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.DmarcRecord;
import org.thurn.authentication.dmarc.FailureOption;
import org.thurn.authentication.dmarc.Policy;

/**
 * The record as it was found: RFC 9990 §3.1.1.5.
 *
 * @param domain where it stands
 * @param method how it was found, if that is said
 * @param policy tag {@code p}
 * @param subdomains tag {@code sp}
 * @param nonExistent tag {@code np}
 * @param dkimMode tag {@code adkim}
 * @param spfMode tag {@code aspf}
 * @param failureOptions tag {@code fo}; or empty
 * @param testing tag {@code t}
 * @param percentage tag {@code pct}, in reports of the form of RFC 7489
 */
public record PublishedPolicy(
    String domain,
    Optional<DiscoveryMethod> method,
    Policy policy,
    Optional<Policy> subdomains,
    Optional<Policy> nonExistent,
    Optional<AlignmentMode> dkimMode,
    Optional<AlignmentMode> spfMode,
    String failureOptions,
    Optional<Boolean> testing,
    OptionalInt percentage) {

  /** Of a record that we found; what it does not say has its default value. */
  public static PublishedPolicy of(AppliedPolicy applied, DiscoveryMethod method) {
    DmarcRecord record = applied.record();
    String options =
        record.failureOptions().stream()
            .sorted(Comparator.naturalOrder())
            .map(FailureOption::letter)
            .collect(Collectors.joining(":"));
    return new PublishedPolicy(
        applied.at().text(),
        Optional.of(method),
        record.forDomain(),
        Optional.of(record.forSubdomains()),
        Optional.of(record.forNonExistent()),
        Optional.of(record.dkimMode()),
        Optional.of(record.spfMode()),
        options,
        Optional.of(record.testing()),
        OptionalInt.empty());
  }
}
