package org.thurn.admin;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.transfer.reports.SourceSummary;

/** What there is to do about a source that others report of, in words. */
final class ReportAdvice {
  private ReportAdvice() {}

  /** Empty if all is well. */
  static Optional<String> of(SourceSummary summary, String who) {
    if (summary.neither() == summary.messages()) {
      List<String> others = List.copyOf(new TreeSet<>(summary.authenticated()));
      return Optional.of(
          others.isEmpty()
              ? stranger(summary, who)
              : "%s sends as %s and proves only %s: if it is a service of yours, have it sign as %s"
                  .formatted(who, summary.domain(), String.join(", ", others), summary.domain()));
    }
    if (summary.neither() > 0) {
      return Optional.of(
          "%s passes as %s mostly, but %d of %d messages pass nothing: look what they have apart"
              .formatted(who, summary.domain(), summary.neither(), summary.messages()));
    }
    if (summary.dkim() == 0) {
      return Optional.of(
          "%s passes as %s by SPF alone: have it sign, since forwarding breaks SPF"
              .formatted(who, summary.domain()));
    }
    return Optional.empty();
  }

  private static String stranger(SourceSummary summary, String who) {
    String done =
        summary.policy() == Policy.NONE
            ? "your policy none lets it through"
            : "%d refused, %d taken for junk".formatted(summary.rejected(), summary.quarantined());
    return "%s sends as %s and passes nothing: add it to SPF or it is a forger (%s)"
        .formatted(who, summary.domain(), done);
  }
}
