package org.thurn.authentication.dmarc.report;

import java.util.List;
import java.util.Optional;

/**
 * What messages have in common that a report counts together: source, policy evaluated, identifiers
 * and authentication results (RFC 9990 §3.1.1.7).
 *
 * @param source the client's address
 * @param disposition what was done
 * @param dkimAligned whether an aligned signature passed
 * @param spfAligned whether SPF passed, aligned
 * @param reasons why that is not what the owner asks for
 * @param headerFrom the author domain
 * @param envelopeFrom the domain of MAIL FROM, "" for the null path
 * @param envelopeTo the domain of RCPT TO
 * @param dkim of each signature
 * @param spf of MAIL FROM; older reports may have several
 */
public record ReportRow(
    String source,
    ReportedDisposition disposition,
    boolean dkimAligned,
    boolean spfAligned,
    List<ReportReason> reasons,
    String headerFrom,
    Optional<String> envelopeFrom,
    Optional<String> envelopeTo,
    List<AuthResult.Dkim> dkim,
    List<AuthResult.Spf> spf) {
  public ReportRow {
    reasons = List.copyOf(reasons);
    dkim = List.copyOf(dkim);
    spf = List.copyOf(spf);
  }
}
