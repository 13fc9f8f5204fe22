package org.thurn.authentication.dmarc.report;

import java.util.List;
import java.util.Set;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.AppliedPolicy;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcRecord;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.Evaluation;
import org.thurn.authentication.dmarc.FailureOption;
import org.thurn.authentication.dmarc.PsdTag;

/**
 * Whether failure reports are sent at all. They tell of single messages and so of people: they are
 * off unless somebody decides otherwise. Few receivers send any.
 */
public enum FailureReporting {
  OFF,
  ON;

  /**
   * Where a report about the message is to be sent, before {@link ExternalDestinations} has
   * verified it. Empty too where the owner wants only reports on DKIM or SPF themselves (RFC 6651,
   * RFC 6652), which we do not write.
   */
  public List<DmarcUri> destinations(Evaluation evaluation) {
    if (this == OFF) {
      return List.of();
    }
    boolean judged =
        evaluation.outcome() == DmarcOutcome.PASS || evaluation.outcome() == DmarcOutcome.FAIL;
    return evaluation
        .policy()
        .map(AppliedPolicy::record)
        // RFC 9991 §3: a public suffix's operator must not learn of single messages
        .filter(record -> judged && record.psd() != PsdTag.YES && wants(record, evaluation))
        .map(DmarcRecord::failureReports)
        .orElse(List.of());
  }

  private static boolean wants(DmarcRecord record, Evaluation evaluation) {
    Set<FailureOption> options = record.failureOptions();
    boolean spf = evaluation.passesBy(Alignment.Method.SPF);
    boolean dkim = evaluation.passesBy(Alignment.Method.DKIM);
    return (options.contains(FailureOption.ANY) && !(spf && dkim))
        || (options.contains(FailureOption.ALL) && !spf && !dkim);
  }
}
